package io.jenkins.plugins.cloudimage.core.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.RecordingTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Writes the clouds' responses to files in the form of {@link RecordedAnswer}, without keys, signatures, accounts and
 * ids.
 */
public final class Recording {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST = HttpTransport.MAX_ANSWER_BYTES;

    /** Headers that contain nothing about an account. */
    private static final Set<String> RESPONSE_HEADERS = Set.of("date", "content-type", "retry-after");

    private static final Set<String> REQUEST_HEADERS =
            Set.of("content-type", "x-tc-action", "x-tc-version", "x-tc-region", "x-acs-action", "x-acs-version");
    /** {@code Signature=…}, and {@code acs key:…}. */
    private static final Pattern SIGNATURE = Pattern.compile("(?i)(?:\\bsignature=|\\bacs [^:\\s]+:)([^&,\\s]+)");

    private static final Set<String> ACTIONS =
            Arrays.stream(RecordedAnswer.Action.values()).map(Enum::name).collect(Collectors.toSet());

    private final Path folder;
    private final Clock clock;
    private final Pseudonyms pseudonyms = new Pseudonyms(RandomGenerator.getDefault());
    private final ThreadLocal<List<Exchange>> listening = new ThreadLocal<>();
    private final Map<RecordedAnswer.Action, JsonNode> last = new EnumMap<>(RecordedAnswer.Action.class);
    private int written;

    private record Exchange(Request request, byte[] sent, int status, Map<String, String> headers, String body) {}

    Recording(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * All clouds, whose answers are recorded if there is a folder for them.
     *
     * @param folder where to write, or null or empty for no recording
     * @param http makes the calls if nothing is recorded
     */
    public static Clouds clouds(@CheckForNull String folder, HttpTransport http, Clock clock) {
        if (folder == null || folder.isBlank()) {
            return new Clouds(http, clock);
        }
        return new Recording(Path.of(folder), clock).clouds();
    }

    Clouds clouds() {
        HttpTransport http = RecordingTransport.listening(this::listen);
        return new Clouds(new Clouds(http, clock)
                .all().stream()
                        .map(provider -> proxy(CloudProvider.class, (method, arguments) -> {
                            Object result = method.invoke(provider, arguments);
                            return method.getName().equals("connect")
                                    ? recorded((CloudConnection) arguments[0], (Cloud) result)
                                    : result;
                        }))
                        .toList());
    }

    private interface Calls {
        Object call(Method method, Object... arguments) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return calls.call(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Cloud recorded(CloudConnection connection, Cloud cloud) {
        synchronized (this) {
            pseudonyms.hide(connection.key());
        }
        return proxy(Cloud.class, (method, arguments) -> {
            if (!ACTIONS.contains(method.getName())) {
                return method.invoke(cloud, arguments);
            }
            List<Exchange> exchanges = new ArrayList<>();
            listening.set(exchanges);
            try {
                return method.invoke(cloud, arguments);
            } finally {
                listening.remove();
                if (!exchanges.isEmpty()) {
                    write(connection.cloud(), RecordedAnswer.Action.valueOf(method.getName()), arguments, exchanges);
                }
            }
        });
    }

    private Response listen(Interceptor.Chain chain) throws IOException {
        Request request = chain.request();
        Response response = chain.proceed(request);
        List<Exchange> exchanges = listening.get();
        if (exchanges != null) {
            Buffer sent = new Buffer();
            if (request.body() != null) {
                request.body().writeTo(sent);
            }
            Map<String, String> headers = new TreeMap<>();
            response.headers().forEach(header -> headers.put(header.getFirst(), header.getSecond()));
            exchanges.add(new Exchange(
                    request,
                    sent.readByteArray(),
                    response.code(),
                    headers,
                    response.peekBody(MOST).string()));
        }
        return response;
    }

    private synchronized void write(
            String cloud, RecordedAnswer.Action action, Object[] arguments, List<Exchange> exchanges) {
        exchanges.forEach(this::hideSignatures);
        JsonNode argument = argument(arguments == null || arguments.length == 0 ? null : arguments[0]);
        List<RecordedAnswer.Next> answers = exchanges.stream().map(this::answer).toList();
        RecordedAnswer.Next first = answers.get(0);
        RecordedAnswer draft = new RecordedAnswer(
                "recorded by make live, " + LocalDate.now(clock),
                action,
                argument,
                request(exchanges.get(0)),
                first.status(),
                first.headers(),
                first.body(),
                answers.size() > 1 ? answers.subList(1, answers.size()) : null,
                new RecordedAnswer.Expected(null, null, null, null, null, null, null, true));
        JsonNode understood = understood(cloud, draft);
        // A wait sees the same state many times; one record is enough.
        if (understood.equals(last.put(action, understood))) {
            return;
        }
        try {
            Path file = Files.createDirectories(folder.resolve(cloud))
                    .resolve("%s-live-%03d.json".formatted(action, ++written));
            draft.expecting(JSON.treeToValue(understood, RecordedAnswer.Expected.class))
                    .write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes signatures, because servers echo requests in refusals. */
    private void hideSignatures(Exchange exchange) {
        for (String authorization : exchange.request().headers("Authorization")) {
            SIGNATURE.matcher(authorization).results().forEach(signature -> pseudonyms.hide(signature.group(1)));
        }
        String sent = exchange.request().url() + "&" + new String(exchange.sent(), StandardCharsets.UTF_8);
        SIGNATURE.matcher(sent).results().forEach(signature -> pseudonyms.hide(signature.group(1)));
    }

    /** The meaning of a response after personal data is removed. */
    private static JsonNode understood(String cloud, RecordedAnswer draft) {
        SimulatedCloud<?> simulated = Results.CLOUDS.get(cloud);
        try {
            ObjectNode result = (ObjectNode) Results.of(
                    Results.client(simulated, draft.answers()), draft.action(), draft.arguments(), simulated.request());
            if (draft.action() == RecordedAnswer.Action.create && !result.hasNonNull("imageId")) {
                result.remove("imageId");
            }
            return result;
        } catch (CloudException e) {
            ObjectNode error = Results.json(e.error());
            error.retain("kind", "sideEffect", "code");
            if (!error.hasNonNull("code")) {
                error.remove("code");
            }
            return JsonNodeFactory.instance.objectNode().set("error", error);
        }
    }

    @CheckForNull
    private JsonNode argument(@CheckForNull Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Collection<?> ids) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            ids.forEach(id -> list.add(pseudonyms.name(id.toString())));
            return list;
        }
        if (value instanceof ImageQuery query) {
            return argument(Queries.texts(query));
        }
        if (value instanceof ImageRequest request) {
            // The ids in the request are known from now on.
            pseudonyms.value("request", JSON.valueToTree(request));
            return JsonNodeFactory.instance.textNode(pseudonyms.name(Objects.requireNonNull(request.imageName())));
        }
        return JsonNodeFactory.instance.textNode(pseudonyms.name(value.toString()));
    }

    private RecordedAnswer.Next answer(Exchange exchange) {
        Map<String, String> headers = new TreeMap<>(exchange.headers());
        headers.keySet().removeIf(name -> !RESPONSE_HEADERS.contains(name.toLowerCase(Locale.ROOT)));
        headers.replaceAll((name, value) -> name.equalsIgnoreCase("date") ? value : pseudonyms.text(value));
        return new RecordedAnswer.Next(exchange.status(), headers, body(exchange.body()));
    }

    private JsonNode body(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return pseudonyms.value("body", json);
            }
        } catch (JsonProcessingException e) {
            // The body is a text.
        }
        return JsonNodeFactory.instance.textNode(pseudonyms.text(text));
    }

    private JsonNode request(Exchange exchange) {
        HttpUrl url = exchange.request().url();
        ObjectNode request = JSON.createObjectNode()
                .put("method", exchange.request().method())
                .put("path", pseudonyms.text(url.encodedPath()));
        ObjectNode headers = JSON.createObjectNode();
        exchange.request().headers().forEach(header -> {
            if (REQUEST_HEADERS.contains(header.getFirst().toLowerCase(Locale.ROOT))) {
                headers.put(header.getFirst(), pseudonyms.text(header.getSecond()));
            }
        });
        request.set("headers", headers);
        if (url.querySize() > 0) {
            request.set("query", parameters(url));
        }
        String body = new String(exchange.sent(), StandardCharsets.UTF_8);
        if (body.startsWith("{")) {
            request.set("body", body(body));
        } else if (!body.isEmpty()) {
            request.set("form", parameters(Objects.requireNonNull(HttpUrl.parse("http://form/?" + body))));
        }
        return request;
    }

    private JsonNode parameters(HttpUrl url) {
        ObjectNode parameters = JSON.createObjectNode();
        url.queryParameterNames()
                .forEach(name -> parameters.put(name, Objects.requireNonNullElse(url.queryParameter(name), "")));
        return pseudonyms.value("parameters", parameters);
    }
}

package io.jenkins.plugins.cloudimage.core.answers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results of calls, in the form of {@link RecordedAnswer.Expected}. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** A fake of each cloud, for its key, its region and a request. */
    static final Map<String, SimulatedCloud<?>> CLOUDS = SimulatedCloud.every(Clock.systemUTC()).stream()
            .collect(Collectors.toMap(SimulatedCloud::id, Function.identity()));

    private Results() {}

    /**
     * A client that receives the given responses, the last one repeatedly. Its clock is that of the first response,
     * because some clouds tell a wrong clock from a wrong key only by the date.
     */
    static Cloud client(SimulatedCloud<?> simulated, List<Answer> recorded) {
        Deque<Answer> answers = new ArrayDeque<>(recorded);
        Clock clock = Clock.fixed(date(answers.getFirst()), ZoneOffset.UTC);
        return new Clouds(
                        CannedTransport.answering(
                                request -> answers.size() > 1 ? answers.remove() : answers.getFirst()),
                        clock)
                .connect(new CloudConnection(
                        simulated.id(),
                        URI.create("http://127.0.0.1:1"),
                        simulated.request().region(),
                        simulated.key(),
                        simulated.settings()));
    }

    private static Instant date(Answer answer) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(answer.headers());
        String date = headers.get("Date");
        return date == null ? NOW : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }

    /** Makes the call of a recorded response. */
    static JsonNode of(Cloud cloud, RecordedAnswer.Action action, List<String> arguments, ImageRequest request)
            throws CloudException {
        String argument = arguments.isEmpty() ? null : arguments.get(0);
        return switch (action) {
            case create -> json(cloud.create(argument == null ? request : request.withImageName(argument), "token-1"));
            case describe -> json(cloud.describe(arguments));
            case findByName -> json(cloud.findByName(argument));
            case find -> json(cloud.find(Queries.of(arguments)));
            case delete -> {
                cloud.delete(argument);
                yield done();
            }
            case powerState ->
                JSON.createObjectNode().put("power", cloud.powerState(argument).name());
            case stop -> {
                cloud.stop(argument);
                yield done();
            }
            case start -> {
                cloud.start(argument);
                yield done();
            }
            case quota -> json(cloud.quota());
            case probe -> {
                cloud.probe();
                yield done();
            }
            case snapshotsLeftBy -> snapshots(cloud.snapshotsLeftBy(argument));
            case deleteSnapshot -> {
                cloud.deleteSnapshot(argument);
                yield done();
            }
        };
    }

    static ObjectNode done() {
        return JSON.createObjectNode().put("done", true);
    }

    static ObjectNode json(CreateAnswer answer) {
        return JSON.createObjectNode().put("imageId", answer.imageId()).put("requestId", answer.requestId());
    }

    static ObjectNode json(List<CloudImage> images) {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode list = result.putArray("images");
        images.forEach(image -> list.addObject()
                .put("id", image.id())
                .put("name", image.name())
                .put("state", image.state().name())
                .put("cloudState", image.cloudState())
                .put("percent", image.percent())
                .put("created", image.created() == null ? null : image.created().toString())
                .put("sourceId", image.sourceId())
                .put("description", image.description()));
        return result;
    }

    static ObjectNode json(Optional<Quota> quota) {
        ObjectNode result = JSON.createObjectNode();
        quota.ifPresentOrElse(
                known -> result.putObject("quota").put("used", known.used()).put("limit", known.limit()),
                () -> result.putNull("quota"));
        return result;
    }

    static ObjectNode snapshots(List<String> ids) {
        ObjectNode result = JSON.createObjectNode();
        ids.forEach(result.putArray("snapshots")::add);
        return result;
    }

    static ObjectNode json(CloudError error) {
        return JSON.createObjectNode()
                .put("kind", error.kind().name())
                .put("sideEffect", error.sideEffect().name())
                .put("code", error.code())
                .put("requestId", error.requestId())
                .put("message", error.message());
    }

    /** Compares a result with what is expected. */
    static void assertEqual(RecordedAnswer.Expected expected, JsonNode actual) {
        JsonNode wanted = JSON.valueToTree(expected);
        if (expected.error() != null) {
            throw new AssertionError("Taken for a success: " + actual);
        }
        if (expected.images() != null) {
            JsonNode images = actual.path("images");
            assertEquals(expected.images().size(), images.size(), () -> "Images: " + actual);
            for (int i = 0; i < images.size(); i++) {
                assertEqual(expected.images().get(i), images.get(i));
            }
            return;
        }
        if (actual.has("imageId")) {
            assertEquals(expected.imageId(), actual.path("imageId").textValue());
        }
        wanted.properties().forEach(field -> assertEquals(field.getValue(), actual.path(field.getKey())));
    }

    /** Compares the fields that are given. */
    static void assertEqual(Map<String, JsonNode> expected, JsonNode actual) {
        expected.forEach((field, value) -> {
            assertTrue(actual.has(field), () -> "There is no field " + field);
            JsonNode wanted = value == null ? NullNode.getInstance() : value;
            assertEquals(wanted, actual.get(field), () -> field + " of " + actual);
        });
    }
}

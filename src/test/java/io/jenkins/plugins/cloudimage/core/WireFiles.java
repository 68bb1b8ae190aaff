package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.Authenticator;

/**
 * Compares a client's requests, byte for byte, with a file that a person who knows the cloud can review, and returns
 * the responses in that file. A file contains one or more exchanges: a request, a line {@code --- answer}, a status, an
 * empty line and a body; {@code --- request} begins the next exchange. The requests go through a proxy of the test, so
 * that the cloud's real host is signed.
 *
 * <p>After an intended change, {@code -Dwire.update=true} rewrites the requests; read the difference before you commit.
 */
public final class WireFiles {
    private static final Path ROOT = Path.of("src/test/resources/io/jenkins/plugins/cloudimage/core");
    private static final String REQUEST = "--- request\n";
    private static final String ANSWER = "--- answer\n";
    /** Headers that belong to the connection, not to the API. */
    private static final Set<String> CONNECTION =
            Set.of("Connection", "Proxy-connection", "Accept-encoding", "User-agent", "Content-length");

    private WireFiles() {}

    /** Makes calls with a transport that leads to the file. */
    @FunctionalInterface
    public interface Calls {
        /** Makes the calls. */
        void with(HttpTransport transport) throws CloudException;
    }

    /**
     * Checks the calls against a file.
     *
     * @param name the file, below the test resources of the core, for example {@code tencent/wire/CreateImage.http}
     * @param calls makes the calls to the cloud's own endpoint with the scheme http
     */
    public static void check(String name, Calls calls) throws CloudException, IOException {
        Path file = ROOT.resolve(name);
        String expected = Files.readString(file);
        Replay replay = new Replay(expected);
        try (FakeServer server = new FakeServer(replay)) {
            URI proxy = server.endpoint();
            calls.with(new HttpTransport(
                    ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())),
                    Authenticator.NONE,
                    "cloud-image-test"));
        }
        if (Boolean.getBoolean("wire.update")) {
            Files.writeString(file, replay.actual());
        } else {
            assertEquals(expected, replay.actual(), name);
        }
    }

    /**
     * The answers in all files whose path begins like this.
     *
     * @param prefix below the test resources of the core, for example {@code tencent/wire/CreateImage}
     */
    public static List<Answer> answersIn(String prefix) {
        Path beginning = ROOT.resolve(prefix);
        List<Answer> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(beginning.getParent(), beginning.getFileName() + "*.http")) {
            for (Path file : files) {
                answers(Files.readString(file)).stream().map(WireFiles::parse).forEach(found::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<String> answers(String file) {
        return Stream.of(file.split("(?m)^" + REQUEST))
                .filter(exchange -> exchange.contains(ANSWER))
                .map(exchange -> exchange.substring(exchange.indexOf(ANSWER) + ANSWER.length()))
                .toList();
    }

    /**
     * Reads an answer as the files have it.
     *
     * @param text a status, headers, an empty line and a body
     */
    public static Answer parse(String text) {
        int empty = text.indexOf("\n\n");
        Map<String, String> headers = new HashMap<>();
        String[] head = text.substring(0, empty).split("\n");
        for (int i = 1; i < head.length; i++) {
            headers.put(head[i].split(": ")[0], head[i].split(": ")[1]);
        }
        byte[] body = text.substring(empty + 2).strip().getBytes(StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(head[0].strip()), headers, body);
    }

    /** Answers from the file and writes down what it was asked. */
    private static final class Replay implements FakeCloud {
        private final List<String> answers = new ArrayList<>();
        private final List<String> exchanges = new ArrayList<>();

        Replay(String file) {
            answers.addAll(WireFiles.answers(file));
        }

        String actual() {
            return String.join(REQUEST, exchanges);
        }

        @Override
        public String action(Received request) {
            return request.uri().toString();
        }

        @Override
        public Answer throttled() {
            throw new UnsupportedOperationException();
        }

        @Override
        public synchronized Answer answer(Received request) {
            String answer = answers.get(exchanges.size());
            exchanges.add(text(request) + ANSWER + answer);
            return parse(answer);
        }

        private static String text(Received request) {
            URI uri = request.uri();
            StringBuilder text = new StringBuilder(request.method() + " " + uri.getRawPath());
            if (uri.getRawQuery() != null) {
                text.append('?').append(uri.getRawQuery());
            }
            text.append('\n');
            new TreeMap<>(request.headers()).forEach((name, values) -> {
                if (!CONNECTION.contains(name)) {
                    text.append(name).append(": ").append(values.get(0)).append('\n');
                }
            });
            return text.append('\n')
                    .append(new String(request.body(), StandardCharsets.UTF_8))
                    .append("\n\n")
                    .toString();
        }
    }
}

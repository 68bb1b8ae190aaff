package io.jenkins.plugins.cloudimage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.Authenticator;

/**
 * Compares what a client sends, to the byte, with a file that a person who knows the cloud can check by eye, and gives
 * it the answer in that file. A file holds one or more exchanges: a request, a line {@code --- answer}, a status, an
 * empty line and a body; {@code --- request} begins the next exchange. The requests go through a proxy of our own, so
 * the host that is signed is the cloud's real one.
 *
 * <p>After a wanted change, {@code -Dwire.update=true} writes the requests anew; read the difference before you commit.
 */
public final class WireFiles {
    private static final Path ROOT = Path.of("src/test/resources/io/jenkins/plugins/cloudimage/core");
    private static final String REQUEST = "--- request\n";
    private static final String ANSWER = "--- answer\n";
    /** Headers of the connection, not of the API. */
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
     * @param calls makes the calls; its endpoint is the cloud's own, with the scheme http
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

    /** Answers from the file and writes down what it was asked. */
    private static final class Replay implements FakeCloud {
        private final List<String> answers = new ArrayList<>();
        private final List<String> exchanges = new ArrayList<>();

        Replay(String file) {
            for (String exchange : file.split("(?m)^" + REQUEST)) {
                answers.add(exchange.substring(exchange.indexOf(ANSWER) + ANSWER.length()));
            }
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
            int empty = answer.indexOf("\n\n");
            Map<String, String> headers = new HashMap<>();
            String[] head = answer.substring(0, empty).split("\n");
            for (int i = 1; i < head.length; i++) {
                headers.put(head[i].split(": ")[0], head[i].split(": ")[1]);
            }
            byte[] body = answer.substring(empty + 2).strip().getBytes(StandardCharsets.UTF_8);
            return new Answer(Integer.parseInt(head[0].strip()), headers, body);
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

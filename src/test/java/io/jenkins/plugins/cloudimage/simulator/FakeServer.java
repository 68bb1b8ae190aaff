package io.jenkins.plugins.cloudimage.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Serves one fake cloud on the loopback interface, with the faults that were ordered, and counts the calls. */
public final class FakeServer implements AutoCloseable {
    static {
        // Without this the JDK's server waits for delayed ACKs, 40 ms for every answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FakeCloud cloud;
    private final Faults faults = new Faults();
    private final List<String> calls = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Starts on a free port. */
    public FakeServer(FakeCloud cloud) {
        this(cloud, 0);
    }

    /** Starts on a port. */
    public FakeServer(FakeCloud cloud, int port) {
        this(cloud, port, null);
    }

    /** Starts on a port, with TLS if there is a certificate to show. */
    public FakeServer(FakeCloud cloud, int port, SSLContext certificate) {
        this.cloud = cloud;
        this.scheme = certificate == null ? "http" : "https";
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            if (certificate == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(certificate));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the cloud is. */
    public URI endpoint() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The misbehaviour to come. */
    public Faults faults() {
        return faults;
    }

    /** The actions of all requests that arrived, in order. */
    public List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /** How many requests of an action arrived. */
    public long count(String action) {
        return calls().stream().filter(action::equals).count();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Received request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            String action = cloud.action(request);
            synchronized (calls) {
                calls.add(action);
            }
            respond(exchange, request, faults.take(action));
        } finally {
            // Closing an exchange that was not answered breaks the connection.
            exchange.close();
        }
    }

    private void respond(HttpExchange exchange, Received request, Fault fault) throws IOException {
        if (fault == null) {
            send(exchange, cloud.answer(request));
            return;
        }
        switch (fault) {
            case RESET_BEFORE -> {}
            case LOSE_ANSWER -> cloud.answer(request);
            case GATEWAY_AFTER -> {
                cloud.answer(request);
                send(exchange, page(502));
            }
            case UNAVAILABLE_BEFORE -> send(exchange, page(503).header("Retry-After", "0"));
            case THROTTLED -> send(exchange, cloud.throttled());
            case BROKEN_JSON -> {
                Answer answer = cloud.answer(request);
                byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
                send(exchange, new Answer(answer.status(), answer.headers(), half));
            }
            case BODY_CUT -> sendHalf(exchange, cloud.answer(request).body());
            case STALLED -> {
                sendHalf(exchange, cloud.answer(request).body());
                awaitClose();
            }
            case ENDLESS -> {
                cloud.answer(request);
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[64 * 1024];
                Arrays.fill(block, (byte) ' ');
                OutputStream body = exchange.getResponseBody();
                for (int i = 0; i < 1024; i++) {
                    body.write(block);
                }
            }
        }
    }

    private static void sendHalf(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer page(int status) {
        return new Answer(
                status,
                Map.of(),
                ("<html><body><h1>" + status + " Gateway</h1></body></html>").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

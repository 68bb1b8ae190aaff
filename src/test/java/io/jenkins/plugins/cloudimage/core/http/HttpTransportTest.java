package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private final List<HttpExchange> arrived = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpTransport transport = transport(ProxySelector.of(null));
    private HttpServer server;

    private static HttpTransport transport(ProxySelector proxies) {
        return new HttpTransport(proxies, Authenticator.NONE, "cloud-image/1.0");
    }

    private static HttpTransport impatient(Duration idle, Duration whole) {
        return new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "x", Duration.ofSeconds(10), idle, whole);
    }

    private HttpUrl serve(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            arrived.add(exchange);
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                handler.handle(exchange);
            }
        });
        server.start();
        return HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort() + "/path?secret=s3cr3t");
    }

    private static HttpHandler status(int status, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private static HttpCall get(HttpUrl url) {
        return new HttpCall("GET", url, "", Map.of("Authorization", "s3cr3t"), "", new byte[0]);
    }

    private static HttpCall post(HttpUrl url) {
        return new HttpCall(
                "POST", url, "", Map.of("Authorization", "s3cr3t"), "application/json", Digests.utf8("{\"镜\":1}"));
    }

    private CloudError error(HttpTransport with, HttpCall call) {
        return assertThrows(CloudException.class, () -> with.send(call)).error();
    }

    @AfterEach
    void stop() {
        end.countDown();
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }

    @Test
    void sendsExactlyWhatWasSigned() throws IOException, CloudException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<String> heads = new ArrayList<>();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().transferTo(body);
                heads.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                heads.add(exchange.getRequestHeaders().get("Content-Type").toString());
                heads.add(exchange.getRequestHeaders().get("Authorization").toString());
                heads.add(exchange.getRequestHeaders().get("User-Agent").toString());
                exchange.getResponseHeaders().set("X-A", "b");
                exchange.sendResponseHeaders(418, 2);
                exchange.getResponseBody().write(Digests.utf8("ok"));
            }
        });
        server.start();
        HttpUrl url =
                HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/i-1%3AcreateImage?a=b%20c");

        HttpAnswer answer = transport.send(post(url));

        assertEquals(
                List.of("POST /v1/i-1%3AcreateImage?a=b%20c", "[application/json]", "[s3cr3t]", "[cloud-image/1.0]"),
                heads);
        assertArrayEquals(Digests.utf8("{\"镜\":1}"), body.toByteArray());
        assertEquals(418, answer.status());
        assertEquals("b", answer.headers().get("X-A"));
        assertArrayEquals(Digests.utf8("ok"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreNotFollowed(int status) throws IOException, CloudException {
        HttpUrl url = serve(status(status, "Location", "/elsewhere"));

        assertEquals(status, transport.send(get(url)).status());
        assertEquals(status, transport.send(post(url)).status());
        assertEquals(2, arrived.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void anOverloadedServerIsNotAskedAgainBehindOurBack(String method) throws IOException, CloudException {
        HttpUrl url = serve(status(503, "Retry-After", "0"));

        assertEquals(
                503, transport.send(method.equals("GET") ? get(url) : post(url)).status());
        assertEquals(1, arrived.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 407, 408, 421})
    void noOtherStatusIsAskedAgainEither(int status) throws IOException, CloudException {
        HttpUrl url = serve(status(status));

        if (status != 407) {
            assertEquals(status, transport.send(get(url)).status());
            assertEquals(status, transport.send(post(url)).status());
            assertEquals(2, arrived.size());
        } else {
            // OkHttp takes a proxy's status from an origin for an attack.
            assertEquals(ErrorKind.UNAVAILABLE, error(transport, post(url)).kind());
            assertEquals(1, arrived.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aBrokenConnectionIsNotUsedAgain(String method) throws IOException {
        HttpUrl url = serve(exchange -> {});

        CloudError error = error(transport, method.equals("GET") ? get(url) : post(url));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertTrue(error.message().startsWith("No response from " + method + " http://127.0.0.1:"), error.message());
        assertFalse(error.text().contains("s3cr3t"), error.text());
        assertEquals(1, arrived.size());
    }

    @Test
    void anAnswerThatBreaksOffIsNone() throws IOException {
        HttpUrl url = serve(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(new byte[50]);
            exchange.getResponseBody().flush();
        });

        CloudError error = error(transport, post(url));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws IOException {
        HttpUrl url = serve(exchange -> await());

        CloudError error = error(impatient(Duration.ofMillis(100), Duration.ofSeconds(30)), post(url));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    @Test
    void aServerThatDripsIsGivenUp() throws IOException {
        HttpUrl url = serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            do {
                body.write(' ');
                body.flush();
            } while (!await(Duration.ofMillis(20)));
        });

        CloudError error = error(impatient(Duration.ofSeconds(30), Duration.ofMillis(300)), post(url));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    private void await() {
        await(Duration.ofSeconds(30));
    }

    private boolean await(Duration time) {
        try {
            return end.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Test
    void anAnswerMayBeAsLargeAsTheLimitAndNoLarger() throws IOException, CloudException {
        byte[] body = new byte[HttpTransport.MAX_ANSWER_BYTES + 1];
        HttpUrl url = serve(exchange -> {
            int length = exchange.getRequestMethod().equals("GET") ? body.length - 1 : body.length;
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(body, 0, length);
        });

        assertEquals(HttpTransport.MAX_ANSWER_BYTES, transport.send(get(url)).body().length);
        CloudError error = error(transport, post(url));
        assertEquals(ErrorKind.UNKNOWN_ANSWER, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertEquals("The response of the cloud is larger than 8388608 bytes", error.message());
    }

    /** A megabyte that would become a gigabyte. */
    @Test
    void aCompressedBombIsDefused() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                zip.write(block);
            }
        }
        HttpUrl url = serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.size());
            exchange.getResponseBody().write(bomb.toByteArray());
        });

        assertEquals(ErrorKind.UNKNOWN_ANSWER, error(transport, post(url)).kind());
    }

    @Test
    void compressedAnswersAreUnpacked() throws IOException, CloudException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(Digests.utf8("{}"));
        }
        HttpUrl url = serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
        });

        assertArrayEquals(Digests.utf8("{}"), transport.send(post(url)).body());
    }

    @Test
    void nothingHasLeftWhereNobodyListens() throws IOException {
        HttpUrl url = serve(status(200));
        server.stop(0);

        CloudError error = error(transport, post(url));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals("Check the network, the proxy and the endpoint.", error.advice());
    }

    @Test
    void nothingHasLeftForANameThatDoesNotResolve() {
        CloudError error = error(transport, post(HttpUrl.get("http://cloud.invalid/")));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertTrue(error.advice().startsWith("The host name cannot be resolved"), error.advice());
    }

    @Test
    void nothingHasLeftWithoutASecureConnection() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.submit(() -> answer(plain, "HTTP/1.1 400 Bad Request\r\n\r\n"));

            CloudError error = error(transport, post(HttpUrl.get("https://127.0.0.1:" + plain.getLocalPort() + "/")));

            assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            assertEquals(SideEffect.NONE, error.sideEffect());
            assertTrue(error.advice().contains("certificate"), error.advice());
        }
    }

    /** Takes one connection, answers whatever comes, and tells its first bytes. */
    private static String answer(ServerSocket listener, String answer) throws IOException {
        try (Socket connection = listener.accept()) {
            byte[] first = new byte[8192];
            int length = connection.getInputStream().read(first);
            connection.getOutputStream().write(Digests.utf8(answer));
            return new String(first, 0, length, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void theProxyIsAskedForEachAddressAndUsed() throws IOException, CloudException {
        List<URI> asked = new CopyOnWriteArrayList<>();
        InetSocketAddress proxy = address(serve(status(204)));

        HttpAnswer answer = transport(new OneProxy(asked, proxy)).send(post(HttpUrl.get("http://cloud.invalid/x")));

        assertEquals(204, answer.status());
        assertEquals(List.of(URI.create("http://cloud.invalid/")), asked);
        assertEquals("http://cloud.invalid/x", arrived.get(0).getRequestURI().toString());
    }

    /** The proxy learns the host of a secure call and nothing else, so the cloud has surely done nothing. */
    @Test
    void nothingHasLeftIfTheProxyRefusesTheTunnel() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<String> tunnel =
                    threads.submit(() -> answer(proxy, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
            OneProxy selector = new OneProxy(
                    new ArrayList<>(), new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort()));

            CloudError error = error(transport(selector), post(HttpUrl.get("https://cloud.invalid/x")));

            assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            assertEquals(SideEffect.NONE, error.sideEffect());
            String asked = tunnel.get(10, TimeUnit.SECONDS);
            assertTrue(asked.startsWith("CONNECT cloud.invalid:443 HTTP/1.1\r\n"), asked);
            assertFalse(asked.contains("s3cr3t"), asked);
        }
    }

    private static InetSocketAddress address(HttpUrl url) {
        return new InetSocketAddress(url.host(), url.port());
    }

    private static final class OneProxy extends ProxySelector {
        private final List<URI> asked;
        private final InetSocketAddress proxy;

        OneProxy(List<URI> asked, InetSocketAddress proxy) {
            this.asked = asked;
            this.proxy = proxy;
        }

        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri);
            return List.of(new Proxy(Proxy.Type.HTTP, proxy));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    }

    @Test
    void aCallsTextShowsNoParameterAndNoHeader() {
        assertEquals(
                "POST http://h:81/path",
                post(HttpUrl.get("http://h:81/path?secret=s3cr3t")).toString());
    }

    @Test
    void theHostHeaderHasThePortOnlyIfItIsUnusual() {
        assertEquals(
                Arrays.asList("h", "h:81", "h", "h:80", "[::1]:81"),
                List.of("http://h/", "http://h:81/", "https://h:443/", "https://h:80/", "http://[::1]:81/").stream()
                        .map(HttpUrl::get)
                        .map(HttpCall::hostHeader)
                        .toList());
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Authenticator;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break the rules of HTTP, on sockets of their own. A call to one always ends, and tells nothing secret. */
class HttpAbuseTest {
    private static final AccessKey KEY = new AccessKey("AKIDEXAMPLE", "s3cr3t-0123456789", "t0k3n-0123456789");
    private static final String SIGNATURE = "0123456789abcdef0123456789abcdef";

    private final List<ServerSocket> listeners = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    /** Writes an answer. */
    private interface Abuse {
        void answer(OutputStream out) throws IOException;
    }

    private HttpUrl serve(Abuse abuse) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listeners.add(listener);
        Thread thread = new Thread(() -> {
            while (!listener.isClosed()) {
                try (Socket connection = listener.accept()) {
                    byte[] head = new byte[8192];
                    int length = connection.getInputStream().read(head);
                    heads.add(new String(head, 0, Math.max(length, 0), ISO_8859_1));
                    abuse.answer(connection.getOutputStream());
                } catch (IOException e) {
                    // The client has had enough, or the test has.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return HttpUrl.get("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    private static Abuse text(String answer) {
        return out -> out.write(answer.getBytes(ISO_8859_1));
    }

    private static Abuse endless(String head, String again) {
        return out -> {
            out.write(head.getBytes(ISO_8859_1));
            byte[] block = again.repeat(1000).getBytes(ISO_8859_1);
            while (true) {
                out.write(block);
            }
        };
    }

    @AfterEach
    void stop() throws IOException {
        for (ServerSocket listener : listeners) {
            listener.close();
        }
    }

    private static HttpCall call(String method, HttpUrl url) {
        return new HttpCall(
                method,
                url,
                "",
                Map.of("Authorization", "X Credential=id, Signature=" + SIGNATURE),
                "application/json",
                method.equals("GET") ? new byte[0] : Digests.utf8("{}"));
    }

    private static HttpTransport impatient() {
        return new HttpTransport(
                ProxySelector.of(null),
                Authenticator.NONE,
                "x",
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }

    private static CloudError error(HttpTransport transport, HttpCall call) {
        return assertThrows(CloudException.class, () -> transport.send(call)).error();
    }

    @ParameterizedTest
    @CsvSource({"301, GET", "302, POST", "303, POST", "307, POST", "307, GET", "308, DELETE"})
    void noRedirectLeadsToAnotherHost(int status, String method) throws IOException, CloudException {
        HttpUrl other = serve(text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        HttpUrl url =
                serve(text("HTTP/1.1 " + status + " Moved\r\nLocation: " + other + "\r\nContent-Length: 0\r\n\r\n"));

        HttpAnswer answer = TestTransport.direct().send(call(method, url));

        assertEquals(status, answer.status());
        assertThrows(CloudException.class, answer::json);
        assertEquals(1, heads.size());
    }

    @Test
    void anEndlessBodyIsNotReadToItsEnd() throws IOException {
        HttpUrl chunks = serve(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "5\r\nabcde\r\n"));
        HttpUrl length = serve(endless("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", "abcde"));

        for (HttpUrl url : List.of(chunks, length)) {
            CloudError error = error(TestTransport.direct(), call("POST", url));
            assertEquals(ErrorKind.UNKNOWN_ANSWER, error.kind());
            assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void aFloodOfHeadersIsNotReadToItsEnd(String flood) throws IOException {
        HttpUrl url = serve(endless("HTTP/1.1 200 OK\r\n", flood));

        CloudError error = error(TestTransport.direct(), call("POST", url));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"})
    void interimAnswersWithoutEndAreGivenUp(String interim) throws IOException {
        HttpUrl url = serve(endless("", interim));

        assertTrue(List.of(ErrorKind.UNAVAILABLE, ErrorKind.UNKNOWN_ANSWER)
                .contains(outcome(impatient(), call("POST", url))));
    }

    /** OkHttp may hand the last interim answer on as the answer; it is then none that can be understood. */
    private static ErrorKind outcome(HttpTransport transport, HttpCall call) {
        return assertThrows(CloudException.class, () -> transport.send(call).json())
                .error()
                .kind();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\n\r\n",
                "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n<html>hi<",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
                "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"a\":1}",
                "HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
                "HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n[]",
                "HTTP/9.9 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\r\n\r\n",
                ""
            })
    void whatIsNoAnswerIsNone(String answer) throws IOException {
        HttpUrl url = serve(text(answer));

        CloudError error = assertThrows(
                        CloudException.class,
                        () -> TestTransport.direct().send(call("POST", url)).json())
                .error();

        assertTrue(error.sideEffect() == SideEffect.POSSIBLE || answer.contains("304"), error.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/octet-stream", "", "odd"})
    void whatCountsIsTheBodyAndNotItsType(String type) throws IOException, CloudException {
        HttpUrl url =
                serve(text("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: 7\r\n\r\n{\"a\":1}"));

        assertEquals(
                1,
                TestTransport.direct().send(call("GET", url)).json().path("a").asInt());
    }

    /** The HTTP library quotes what it cannot understand. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\r\n\r\n",
                "HTTP/1.1 %s\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%s\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
                "HTTP/1.1 502 %s\r\nX-Told: %s\r\nContent-Length: 3\r\n\r\nBad",
                "HTTP/1.1 407 %s\r\nProxy-Authenticate: %s\r\nContent-Length: 0\r\n\r\n"
            })
    void noFailureOfTheProtocolTellsASecret(String answer) throws IOException {
        String told = KEY.secret() + " " + KEY.sessionToken() + " " + SIGNATURE;
        HttpUrl url = serve(text(answer.replace("%s", told)));
        SignedCalls calls = new SignedCalls(TestTransport.direct(), Clock.systemUTC(), KEY);
        Canary canary = new Canary(KEY);
        canary.watch(SIGNATURE);

        CloudException failure =
                assertThrows(CloudException.class, () -> calls.call(now -> call("POST", url), HttpAnswer::json));

        canary.assertNotIn(answer, failure);
        canary.assertNotIn(answer, failure.error().toString());
    }

    @Test
    void aProxyThatWantsALoginAgainAndAgainIsGivenUp() throws IOException {
        HttpUrl proxy = serve(text("HTTP/1.1 407 Login\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                + "Connection: close\r\nContent-Length: 0\r\n\r\n"));
        HttpTransport transport = new HttpTransport(
                ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port())),
                (route, response) -> response.request()
                        .newBuilder()
                        .header("Proxy-Authorization", "Basic cDpw")
                        .build(),
                "x");

        CloudError error = error(transport, call("POST", HttpUrl.get("https://cloud.invalid/")));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertFalse(error.text().contains("cDpw"), error.text());
        assertTrue(heads.size() < 30, () -> heads.size() + " attempts");
        heads.forEach(head -> assertFalse(head.contains(SIGNATURE), head));
    }
}

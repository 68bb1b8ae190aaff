package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The controller's clock is years late; the server's is the system's, to the second. */
class SignedCallsTest {
    private static final Instant LATE = Instant.parse("2020-01-02T03:04:05Z");

    private final List<Instant> signed = new ArrayList<>();
    private HttpServer server;
    private SignedCalls calls;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(Digests.utf8("{}"));
            }
        });
        server.start();
        calls = new SignedCalls(
                TestTransport.direct(), Clock.fixed(LATE, ZoneOffset.UTC), new AccessKey("id", "secret", null));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpCall sign(Instant now) {
        signed.add(now);
        HttpUrl url = HttpUrl.get("http://127.0.0.1:" + server.getAddress().getPort());
        return new HttpCall("POST", url, "", Map.of(), "application/json", new byte[0]);
    }

    private static CloudException refused(ErrorKind kind) {
        return CloudError.of(kind, SideEffect.NONE).exception();
    }

    private static boolean isRight(Instant time) {
        return Duration.between(time, Instant.now()).abs().compareTo(Duration.ofMinutes(1)) < 0;
    }

    private JsonNode readIfRight(HttpAnswer answer) throws CloudException {
        if (!isRight(signed.get(signed.size() - 1))) {
            throw refused(ErrorKind.CLOCK_SKEW);
        }
        return answer.json();
    }

    @Test
    void aCallIsSignedForNow() throws CloudException {
        calls.call(this::sign, HttpAnswer::json);

        assertEquals(List.of(LATE), signed);
    }

    @Test
    void aRefusedTimeIsCorrectedOnceAndStaysCorrected() throws CloudException {
        calls.call(this::sign, this::readIfRight);
        calls.call(this::sign, this::readIfRight);

        assertEquals(
                List.of(false, true, true),
                signed.stream().map(SignedCallsTest::isRight).toList());
    }

    @Test
    void aTimeThatIsRefusedAgainIsTold() {
        CloudException told = assertThrows(
                CloudException.class,
                () -> calls.call(this::sign, answer -> {
                    throw refused(ErrorKind.CLOCK_SKEW);
                }));

        assertEquals(ErrorKind.CLOCK_SKEW, told.error().kind());
        assertEquals(2, signed.size());
    }

    @Test
    void anyOtherRefusalIsToldAtOnce() {
        for (ErrorKind kind : ErrorKind.values()) {
            if (kind != ErrorKind.CLOCK_SKEW) {
                signed.clear();
                assertThrows(
                        CloudException.class,
                        () -> calls.call(this::sign, answer -> {
                            throw refused(kind);
                        }));
                assertEquals(1, signed.size(), kind.toString());
            }
        }
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static HttpAnswer answer(int status, String body, String... headers) {
        return new HttpAnswer(status, Headers.of(headers), Digests.utf8(body));
    }

    @ParameterizedTest
    @CsvSource({
        "301, UNAVAILABLE, POSSIBLE",
        "400, UNAVAILABLE, POSSIBLE",
        "401, UNAVAILABLE, POSSIBLE",
        "403, UNAVAILABLE, POSSIBLE",
        "404, UNAVAILABLE, POSSIBLE",
        "407, UNAVAILABLE, NONE",
        "408, UNAVAILABLE, POSSIBLE",
        "422, UNAVAILABLE, POSSIBLE",
        "429, THROTTLED, POSSIBLE",
        "500, UNAVAILABLE, POSSIBLE",
        "502, UNAVAILABLE, POSSIBLE",
        "503, UNAVAILABLE, POSSIBLE",
        "504, UNAVAILABLE, POSSIBLE",
        "599, UNAVAILABLE, POSSIBLE"
    })
    void aStatusAloneRefusesNothing(int status, ErrorKind kind, SideEffect sideEffect) {
        CloudError error = answer(status, "<html>\n  <b>Oops</b></html>").notFromCloud();

        assertEquals(kind, error.kind());
        assertEquals(sideEffect, error.sideEffect());
        assertEquals("HTTP status " + status + ": <html> <b>Oops</b></html>", error.message());
        assertFalse(error.advice().isEmpty());
    }

    @Test
    void aPauseThatTheServerWantsIsKept() {
        assertEquals(
                Duration.ofSeconds(7),
                answer(429, "", "Retry-After", "7").notFromCloud().retryAfter());
        assertEquals(
                Optional.of(Duration.ZERO), answer(503, "", "retry-after", "0").retryAfter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "1.5", "", "1234567", "Fri, 02 Jan 2026 03:04:05 GMT"})
    void anOddPauseIsNone(String value) {
        assertEquals(Optional.empty(), answer(429, "", "Retry-After", value).retryAfter());
    }

    @Test
    void readsTheServersClock() {
        assertEquals(
                Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
                answer(200, "", "Date", "Fri, 02 Jan 2026 03:04:05 GMT").date());
        assertEquals(Optional.empty(), answer(200, "", "Date", "today").date());
        assertEquals(Optional.empty(), answer(200, "").date());
    }

    @Test
    void readsAnObject() throws CloudException {
        assertEquals(1, answer(200, "{\"a\":1}").json().path("a").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "[]", "null", "\"text\"", "12", "{\"a\":", "<html>", "{'a':1}"})
    void anythingElseIsNotUnderstood(String body) {
        CloudError error = assertThrows(
                        CloudException.class, () -> answer(200, body).json())
                .error();

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
        assertTrue(error.message().startsWith("The response of the cloud cannot be parsed: "), error.message());
    }

    @Test
    void aGatewaysPageMeansWhatItsStatusMeans() {
        CloudError error = assertThrows(
                        CloudException.class,
                        () -> answer(502, "<html>Bad Gateway</html>").json())
                .error();

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(SideEffect.POSSIBLE, error.sideEffect());
    }

    /** An answer is nested as deep as its sender likes. */
    @Test
    void endlessNestingIsNotUnderstood() {
        String deep = "{\"a\":".repeat(100_000);

        CloudError error = assertThrows(
                        CloudException.class, () -> answer(200, deep).json())
                .error();

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
    }

    @Test
    void onlyTheBeginningOfABodyIsShownAndNoSecretInIt() {
        assertEquals(
                "HTTP status 500: " + "x".repeat(200) + "…",
                answer(500, "x".repeat(201)).notFromCloud().message());
        assertEquals(
                "HTTP status 500: " + "x".repeat(200),
                answer(500, "x".repeat(200)).notFromCloud().message());
        assertEquals("HTTP status 500: (empty)", answer(500, "").notFromCloud().message());
        assertFalse(
                answer(500, "{\"SecretKey\":\"abc123\"}").notFromCloud().text().contains("abc123"));
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake's own check takes what JD Cloud's Java library signs, and nothing beside it. */
class JdCloud2CheckTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String HOST = "vm.jdcloud-api.com";
    private static final String PATH = "/v1/regions/cn-north-1/instances/i-abc123:createImage";
    private static final String BODY = "{\"name\":\"img-1\",\"description\":\"d\"}";
    private static final String SIGNATURE = "5677c2d7b54f85b8691df065ea7c308540f89e8311b2be8155ad7fa36f45de3c";

    private static Received request(String path, String body, String signature) {
        Headers headers = new Headers();
        headers.set("Host", HOST);
        headers.set("Content-Type", "application/json");
        headers.set("x-jdcloud-date", "20260102T030405Z");
        headers.set("x-jdcloud-nonce", "11111111-2222-3333-4444-555555555555");
        headers.set(
                "Authorization",
                "JDCLOUD2-HMAC-SHA256 Credential=ak/20260102/cn-north-1/vm/jdcloud2_request, "
                        + "SignedHeaders=content-type;host;x-jdcloud-date;x-jdcloud-nonce, Signature=" + signature);
        return new Received("POST", URI.create(path), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(Received request, String token, Instant now) {
        return JdCloud2Check.refusal(request, "ak", "sk", token, HOST, now);
    }

    @Test
    void takesTheLibrarysSignatureWithBothFormsOfTheColon() {
        assertNull(refusal(request(PATH, BODY, SIGNATURE), "", NOW));
        assertNull(refusal(request(PATH.replace(":", "%3A"), BODY, SIGNATURE), "", NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6420b6e3702a832540d14fee272ee8b90c004d6088f5f45b16a1d883eeab0b75",
                "d9ba41eed23e540536e552146becf742079480b5c86fbbce5ed0c4f936cdfcfc"
            })
    void refusesAColonThatIsSignedOtherwise(String signature) {
        assertNotNull(refusal(request(PATH, BODY, signature), "", NOW));
    }

    @Test
    void refusesWhateverWasChangedAfterwards() {
        assertNotNull(refusal(request(PATH.replace("abc123", "abc124"), BODY, SIGNATURE), "", NOW));
        assertNotNull(refusal(request(PATH + "?x=1", BODY, SIGNATURE), "", NOW));
        assertNotNull(refusal(request(PATH.replace("north-1", "north-2"), BODY, SIGNATURE), "", NOW));
        assertNotNull(refusal(request(PATH, BODY.replace("img-1", "img-2"), SIGNATURE), "", NOW));
        Received otherNonce = request(PATH, BODY, SIGNATURE);
        otherNonce.headers().set("x-jdcloud-nonce", "other");
        assertNotNull(refusal(otherNonce, "", NOW));
    }

    @Test
    void refusesATokenThatIsNotSigned() {
        Received request = request(PATH, BODY, SIGNATURE);
        request.headers().set("x-jdcloud-security-token", "token");

        assertEquals("a required header is not signed", refusal(request, "token", NOW));
        assertEquals("the security token is invalid", refusal(request(PATH, BODY, SIGNATURE), "token", NOW));
    }

    @Test
    void refusesOldAndFutureRequests() {
        assertNull(refusal(request(PATH, BODY, SIGNATURE), "", NOW.plus(Duration.ofMinutes(15))));
        assertEquals(
                "the request has expired",
                refusal(request(PATH, BODY, SIGNATURE), "", NOW.plus(Duration.ofMinutes(16))));
        assertEquals(
                "the request has expired",
                refusal(request(PATH, BODY, SIGNATURE), "", NOW.minus(Duration.ofMinutes(16))));
    }
}

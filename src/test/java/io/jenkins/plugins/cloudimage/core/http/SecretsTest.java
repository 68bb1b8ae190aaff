package io.jenkins.plugins.cloudimage.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
    private static final AccessKey KEY = new AccessKey("AKIDz8krbsJ5yKBZ", "Gu5t9x/ARNpq86cd98joQYCN3", null);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final HttpUrl URL = HttpUrl.get("https://cloud.example.com/");

    private static HttpCall call(String target, Map<String, String> headers, String type, String body) {
        return new HttpCall("POST", URL, target, headers, type, Digests.utf8(body));
    }

    private static final HttpCall PLAIN = call("", Map.of(), "application/json", "{}");

    private static String cleaned(HttpCall call, String body) {
        HttpAnswer answer = new HttpAnswer(403, Headers.of("X-Told", body), body.getBytes(StandardCharsets.UTF_8));
        HttpAnswer clean = Secrets.of(KEY).and(call).clean(answer);
        String text = new String(clean.body(), StandardCharsets.UTF_8);
        assertEquals(text, clean.headers().get("X-Told"));
        return text;
    }

    @ParameterizedTest
    @CsvSource({
        "no AKIDz8krbsJ5yKBZ here, no **** here",
        "no akidz8krbsj5ykbz here, no **** here",
        "Gu5t9x/ARNpq86cd98joQYCN3, ****",
        "Gu5t9x\\/ARNpq86cd98joQYCN3, ****",
        "Gu5t9x%2fARNpq86cd98joQYCN3, ****",
        "Gu5t9x%252FARNpq86cd98joQYCN3, ****",
        "cut off: Gu5t9x/AR, cut off: ****",
        "cut off: Gu5t9x, cut off: ****",
        "Gu5t9x begins like it, Gu5t9x begins like it"
    })
    void keysAreMaskedInAllSpellings(String told, String clean) {
        assertEquals(clean, cleaned(PLAIN, told));
    }

    @Test
    void signaturesAreMaskedWhereverTheyWereSent() {
        String told = "wrong: q1w2e3r4/5t6=";
        assertEquals("wrong: ****", cleaned(call("/?A=1&Signature=q1w2e3r4%2F5t6%3D&B=2", Map.of(), "", ""), told));
        assertEquals("wrong: ****", cleaned(call("", Map.of(), FORM, "A=1&Signature=q1w2e3r4%2F5t6%3D"), told));
        assertEquals(
                "wrong: ****",
                cleaned(call("", Map.of("Authorization", "X Credential=a, Signature=q1w2e3r4/5t6="), "", ""), told));
        assertEquals("wrong: ****", cleaned(call("", Map.of("authorization", "acs id:q1w2e3r4/5t6="), "", ""), told));
        assertEquals(told, cleaned(PLAIN, told));
    }

    /** A description may say anything. */
    @Test
    void whatPeopleWriteIsNoSignature() {
        HttpCall call = call("", Map.of(), "application/json", "{\"description\":\"Signature=100% of it\"}");

        assertEquals("100% of it", cleaned(call, "100% of it"));
    }

    @Test
    void anInnocentAnswerIsLeftAlone() {
        HttpAnswer answer = new HttpAnswer(200, Headers.of("Date", "today"), new byte[] {(byte) 0xff, 0, 'a'});

        assertSame(answer, Secrets.of(KEY).and(PLAIN).clean(answer));
    }
}

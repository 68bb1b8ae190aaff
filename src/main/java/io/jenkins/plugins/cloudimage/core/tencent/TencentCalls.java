package io.jenkins.plugins.cloudimage.core.tencent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;

/** The calls of one of Tencent Cloud's services in API 3.0: JSON by POST, errors under HTTP 200. */
final class TencentCalls {
    /** What the API wants instead of a signature. */
    private static final String UNSIGNED = "SKIP";

    private final SignedCalls calls;
    private final HttpUrl url;
    private final String host;
    private final String region;
    private final String version;
    private final String token;
    private final Signature signature;

    /** Makes the header Authorization. */
    @FunctionalInterface
    private interface Signature {
        String of(String host, String action, byte[] body, Instant now);
    }

    /**
     * @param service the product, for example {@code cvm}
     * @param key the key that signs, or null for calls that need no signature
     */
    TencentCalls(
            SignedCalls calls,
            URI endpoint,
            String region,
            String service,
            String version,
            @CheckForNull AccessKey key) {
        this.calls = calls;
        this.url = HttpUrl.get(endpoint.resolve("/").toString());
        this.host = HttpCall.hostHeader(url);
        this.region = region;
        this.version = version;
        this.token = key == null ? null : key.sessionToken();
        this.signature =
                key == null ? (to, action, body, now) -> UNSIGNED : new TencentSigner(key, service)::authorization;
    }

    JsonNode call(String action, ObjectNode parameters) throws CloudException {
        byte[] body = Digests.utf8(parameters.toString());
        return calls.call(now -> sign(action, body, now), TencentCalls::response);
    }

    /** The time of the cloud's clock at its last response. */
    Optional<Instant> time() {
        return calls.time();
    }

    HttpCall sign(String action, byte[] body, Instant now) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", signature.of(host, action, body, now));
        headers.put("X-TC-Action", action);
        headers.put("X-TC-Version", version);
        headers.put("X-TC-Region", region);
        headers.put("X-TC-Timestamp", Long.toString(now.getEpochSecond()));
        headers.put("X-TC-Language", "en-US");
        if (token != null) {
            headers.put("X-TC-Token", token);
        }
        return new HttpCall("POST", url, "", headers, TencentSigner.CONTENT_TYPE, body);
    }

    private static JsonNode response(HttpAnswer answer) throws CloudException {
        JsonNode response = answer.json().path("Response");
        JsonNode error = response.path("Error");
        if (!error.isMissingNode() && !error.isNull()) {
            String code = Json.word(error, "Code");
            boolean refuses = !code.isBlank() && !code.equals("0");
            if (!refuses || answer.status() != 200 && !TencentErrors.knows(code)) {
                // Tencent's API refuses with a code under HTTP 200, so something else has answered.
                throw answer.notFromCloud().exception();
            }
            throw TencentErrors.meaning(code, Json.word(error, "Message"), Json.text(response, "RequestId"))
                    .retryAfter(answer.retryAfter().orElse(null))
                    .exception();
        }
        if (answer.status() != 200) {
            throw answer.notFromCloud().exception();
        }
        if (Json.text(response, "RequestId") == null) {
            throw answer.notFromCloud().exception();
        }
        return response;
    }
}

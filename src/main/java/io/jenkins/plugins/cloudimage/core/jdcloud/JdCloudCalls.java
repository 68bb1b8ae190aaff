package io.jenkins.plugins.cloudimage.core.jdcloud;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.HttpAnswer;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Json;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** The calls of one of JD Cloud's services: resources in paths, JSON bodies, errors with their HTTP status. */
final class JdCloudCalls {
    static final byte[] NO_BODY = {};

    private static final String JSON_TYPE = "application/json";
    private static final String TOKEN = "x-jdcloud-security-token";
    /** JD Cloud does not document its tolerance for clocks; a call with a valid key is accepted at this distance. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    private final SignedCalls calls;
    private final HttpUrl url;
    private final String host;
    private final String token;
    private final JdCloudSigner signer;
    private final Supplier<String> nonces;

    /**
     * @param region the region that is signed
     * @param service the product, for example {@code vm}
     */
    JdCloudCalls(
            SignedCalls calls, URI endpoint, String region, String service, AccessKey key, Supplier<String> nonces) {
        this.calls = calls;
        this.url = HttpUrl.get(endpoint.resolve("/").toString());
        this.host = HttpCall.hostHeader(url);
        String sessionToken = key.sessionToken();
        this.token = sessionToken == null ? null : encoded(sessionToken);
        this.signer = new JdCloudSigner(key, region, service);
        this.nonces = nonces;
    }

    /**
     * The session token as it is sent. JD Cloud's pages do not tell whether it is encoded. Most of its own clients encode it in
     * Base64: the SDKs for <a
     * href="https://github.com/jdcloud-api/jdcloud-sdk-go/blob/master/core/JdcloudClient.go">Go</a>, <a
     * href="https://github.com/jdcloud-api/jdcloud-sdk-python/blob/master/jdcloud_sdk/core/const.py">Python</a>, <a
     * href="https://github.com/jdcloud-api/jdcloud-sdk-java/blob/master/core/src/main/java/com/jdcloud/sdk/client/JdcloudExecutor.java">Java</a>
     * and <a
     * href="https://github.com/jdcloud-api/jdcloud-sdk-net/blob/master/sdk/src/Core/Client/JdcloudExecutor.cs">.NET</a>, and
     * the <a href="https://github.com/jdcloud-api/jdcloud-cli/blob/master/jdcloud_cli/utils.py">command line</a>. Those for
     * PHP and Node.js send it unchanged.
     */
    private static String encoded(String sessionToken) {
        return Base64.getEncoder().encodeToString(Digests.utf8(sessionToken));
    }

    /**
     * Makes a call.
     *
     * @param path the path with each segment encoded
     * @param asked what the path names
     */
    JsonNode call(String method, String path, SortedMap<String, String> query, byte[] body, JdCloudErrors.Asked asked)
            throws CloudException {
        String parameters = Percent.pairs(query);
        AtomicReference<Instant> signed = new AtomicReference<>();
        return calls.call(
                now -> {
                    signed.set(now);
                    return sign(method, path, parameters, body, now);
                },
                answer -> response(asked, answer, signed.get()));
    }

    /** The time of the cloud's clock at its last response. */
    Optional<Instant> time() {
        return calls.time();
    }

    HttpCall sign(String method, String path, String query, byte[] body, Instant now) {
        SortedMap<String, String> headers = new TreeMap<>();
        headers.put("content-type", JSON_TYPE);
        headers.put("host", host);
        headers.put("x-jdcloud-date", JdCloudSigner.date(now));
        headers.put("x-jdcloud-nonce", nonces.get());
        if (token != null) {
            // It must be among the signed headers, as the page about signatures says.
            headers.put(TOKEN, token);
        }
        String authorization = signer.authorization(method, path, query, headers, body);
        headers.remove("host");
        headers.put("authorization", authorization);
        // The colon of an action is signed as %3A and sent as it is.
        String target = path.replace("%3A", ":") + (query.isEmpty() ? "" : "?" + query);
        return new HttpCall(method, url, target, headers, JSON_TYPE, body);
    }

    private static JsonNode response(JdCloudErrors.Asked asked, HttpAnswer answer, Instant signed)
            throws CloudException {
        try {
            return response(asked, answer);
        } catch (CloudException e) {
            boolean wrongClock = e.error().kind() == ErrorKind.AUTHENTICATION
                    && answer.date()
                            .map(date -> Duration.between(signed, date).abs())
                            .filter(drift -> drift.compareTo(CLOCK_TOLERANCE) > 0)
                            .isPresent();
            throw wrongClock ? new CloudException(JdCloudErrors.ofClock(e.error()), e) : e;
        }
    }

    private static JsonNode response(JdCloudErrors.Asked asked, HttpAnswer answer) throws CloudException {
        JsonNode response = answer.json();
        JsonNode error = response.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            CloudError meaning = JdCloudErrors.meaning(
                    asked,
                    answer.status() == 200 ? error.path("code").asInt() : answer.status(),
                    Json.word(error, "status"),
                    Json.word(error, "message"),
                    requestId(answer, response));
            throw meaning.retryAfter(answer.retryAfter().orElse(null)).exception();
        }
        if (answer.status() != 200) {
            throw answer.notFromCloud().exception();
        }
        if (!response.has("requestId") && !response.has("result")) {
            throw answer.notFromCloud().exception();
        }
        return response;
    }

    @CheckForNull
    private static String requestId(HttpAnswer answer, JsonNode response) {
        String id = Json.text(response, "requestId");
        return id == null ? answer.headers().get("x-jdcloud-request-id") : id;
    }
}

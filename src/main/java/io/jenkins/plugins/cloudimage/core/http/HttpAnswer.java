package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CommonTexts;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/**
 * An HTTP response with any status.
 *
 * @param body the decoded body, within the size limit
 */
public record HttpAnswer(int status, Headers headers, byte[] body) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /**
     * Reads the body as a JSON object.
     *
     * @throws CloudException if the body is not a JSON object
     */
    public JsonNode json() throws CloudException {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw notFromCloud().exception();
            }
            return tree;
        } catch (IOException e) {
            throw new CloudException(notFromCloud(), e);
        }
    }

    /**
     * The error for a response that is not in the cloud's own format, whatever its status. A proxy, a gateway or a load
     * balancer may have sent it before or after the cloud carried out the call, so it proves nothing: status 404 does
     * not mean that an object does not exist.
     *
     * @return an error of kind {@link ErrorKind#UNAVAILABLE} or {@link ErrorKind#THROTTLED} after which a side effect
     *     is possible; none is possible only after status 407, which comes from Jenkins' own proxy
     */
    public CloudError notFromCloud() {
        CloudError error =
                switch (status) {
                    case 407 ->
                        CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE).advice(Messages.HttpAnswer_proxyLogin());
                    case 408 ->
                        CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE)
                                .advice(Messages.HttpAnswer_timeout());
                    case 429 ->
                        CloudError.of(ErrorKind.THROTTLED, SideEffect.POSSIBLE).advice(CommonTexts.slower());
                    default ->
                        CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE)
                                .advice(
                                        status / 100 == 5
                                                ? Messages.HttpAnswer_failure()
                                                : Messages.HttpAnswer_wrongApi());
                };
        String message = status / 100 == 2
                ? Messages.HttpAnswer_notUnderstood(Json.beginning(text()))
                : Messages.HttpAnswer_status(status, Json.beginning(text()));
        return error.message(message).retryAfter(retryAfter().orElse(null));
    }

    /**
     * The pause that the server asks for.
     *
     * @return {@code Retry-After}, if it is in seconds
     */
    public Optional<Duration> retryAfter() {
        String value = headers.get("Retry-After");
        return value != null && value.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    /** The {@code Date} header, if it is valid. */
    public Optional<Instant> date() {
        return Optional.ofNullable(headers.getInstant("Date"));
    }

    private String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.Phrases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/**
 * An answer, whatever its status.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the decoded body, within the size limit
 */
public record HttpAnswer(int status, Headers headers, byte[] body) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /**
     * Reads the body as a JSON object.
     *
     * @return the object
     * @throws CloudException if it is none
     */
    public JsonNode json() throws CloudException {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree == null || !tree.isObject()) {
                throw notUnderstood().exception();
            }
            return tree;
        } catch (IOException e) {
            throw new CloudException(notUnderstood(), e);
        }
    }

    /**
     * The error for a body that is not what the API answers.
     *
     * @return {@link #failure()} for a failed status, which is a gateway's page; else {@link ErrorKind#UNKNOWN_ANSWER}
     */
    public CloudError notUnderstood() {
        return status / 100 == 2 ? Json.notUnderstood(text()) : failure();
    }

    /**
     * The meaning of a status alone that is no success at this cloud, for answers without an error that the cloud's own
     * table knows.
     *
     * @return the error
     */
    public CloudError failure() {
        String message = Messages.HttpAnswer_status(status, Json.beginning(text()));
        CloudError error =
                switch (status) {
                    case 401 ->
                        CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO).advice(Messages.HttpAnswer_key());
                    case 403 -> CloudError.of(ErrorKind.PERMISSION, Acted.NO).advice(Messages.HttpAnswer_permission());
                    case 404 -> CloudError.of(ErrorKind.NOT_FOUND, Acted.NO).advice(Messages.HttpAnswer_notFound());
                    case 407 -> CloudError.of(ErrorKind.UNAVAILABLE, Acted.NO).advice(Messages.HttpAnswer_proxyLogin());
                    case 408 ->
                        CloudError.of(ErrorKind.UNAVAILABLE, Acted.MAYBE).advice(Messages.HttpAnswer_timeout());
                    case 429 -> CloudError.of(ErrorKind.THROTTLED, Acted.NO).advice(Phrases.slower());
                    default ->
                        switch (status / 100) {
                            case 3 ->
                                CloudError.of(ErrorKind.UNAVAILABLE, Acted.NO).advice(Messages.HttpAnswer_wrongApi());
                            case 4 ->
                                CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                                        .advice(Messages.HttpAnswer_wrongApi());
                            case 5 ->
                                CloudError.of(ErrorKind.UNAVAILABLE, Acted.MAYBE)
                                        .advice(Messages.HttpAnswer_failure());
                            default -> Json.notUnderstood("");
                        };
                };
        return error.message(message).retryAfter(retryAfter().orElse(null));
    }

    /**
     * How long the server asks us to wait.
     *
     * @return the pause of {@code Retry-After} in seconds, if that is given
     */
    public Optional<Duration> retryAfter() {
        String value = headers.get("Retry-After");
        return value != null && value.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : Optional.empty();
    }

    /**
     * The server's clock.
     *
     * @return the {@code Date} header, if there is a readable one
     */
    public Optional<Instant> date() {
        return Optional.ofNullable(headers.getInstant("Date"));
    }

    private String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}

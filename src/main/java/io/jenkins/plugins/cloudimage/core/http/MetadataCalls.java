package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TemporaryKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Calls to a metadata service. No part of a response becomes part of an error, because nearly all of it can be secret.
 *
 * @param base the service's address
 * @param platform whose service it is
 */
public record MetadataCalls(HttpTransport http, HttpUrl base, InstanceRole.Platform platform) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int FAILURE = 500;

    /** Uses a transport of its own kind: directly, without guard, with little patience. */
    public MetadataCalls {
        http = http.toMetadataServices();
    }

    /**
     * Sends a request.
     *
     * @param method GET or PUT
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if nobody answers or the service has a failure
     */
    public HttpAnswer send(String method, String path, Map<String, String> headers) throws CloudException {
        HttpAnswer answer;
        try {
            answer = http.send(new HttpCall(method, base, path, headers, "", new byte[0]));
        } catch (CloudException e) {
            throw new CloudException(
                    CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                            .message(Messages.MetadataCalls_silent(
                                    platform.displayName(), e.error().message()))
                            .advice(Messages.MetadataCalls_elsewhere(platform.displayName())),
                    e.getCause());
        }
        if (answer.status() >= FAILURE) {
            throw strange(answer);
        }
        return answer;
    }

    /** Reads a text of one line that matches a pattern. */
    public String line(String path, Map<String, String> headers, Pattern pattern) throws CloudException {
        HttpAnswer answer = send("GET", path, headers);
        String text = text(answer);
        if (answer.status() != OK || !pattern.matcher(text).matches()) {
            throw strange(answer);
        }
        return text;
    }

    /** The body, without white space around it. */
    public static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }

    /**
     * Finds the role's name.
     *
     * @param path where the service lists the instance's roles
     * @throws CloudException of kind {@link ErrorKind#AUTHENTICATION} if the instance has none
     */
    public String roleName(String path, Map<String, String> headers) throws CloudException {
        HttpAnswer answer = send("GET", path, headers);
        String name = text(answer);
        if (answer.status() == NOT_FOUND || answer.status() == OK && name.isEmpty()) {
            throw noRole(null);
        }
        if (answer.status() != OK || !InstanceRole.isName(name)) {
            throw strange(answer);
        }
        return name;
    }

    /**
     * What a service calls the parts of a key.
     *
     * @param end reads when the key expires; null if the response does not say it
     */
    public record Fields(String id, String secret, String token, Function<JsonNode, Instant> end) {}

    /**
     * Reads a key of a role.
     *
     * @param path where the service lists the instance's roles
     * @param now the present time, for a response that does not say it
     * @throws CloudException of kind {@link ErrorKind#AUTHENTICATION} if the instance has no such role, or the service says that
     *     it has no key
     */
    public TemporaryKey key(String path, String role, Map<String, String> headers, Fields names, Instant now)
            throws CloudException {
        HttpAnswer answer = send("GET", path + role, headers);
        if (answer.status() == NOT_FOUND) {
            throw noRole(role);
        }
        JsonNode fields = answer.status() == OK ? json(answer) : null;
        if (fields == null) {
            throw strange(answer);
        }
        String code = fields.path("Code").asText();
        if (!code.equals("Success")) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message(Messages.MetadataCalls_noKey(
                            platform.displayName(), role, WORD.matcher(code).matches() ? code : "?"))
                    .advice(Messages.MetadataCalls_attach(platform.displayName()))
                    .exception();
        }
        Instant end = names.end().apply(fields);
        try {
            return TemporaryKey.of(
                    Json.text(fields, names.id()),
                    Json.text(fields, names.secret()),
                    Json.text(fields, names.token()),
                    end == null ? null : Duration.between(answer.date().orElse(now), end));
        } catch (CloudException e) {
            // Its advice is for security token services.
            throw strange(answer);
        }
    }

    @CheckForNull
    private static JsonNode json(HttpAnswer answer) {
        try {
            return answer.json();
        } catch (CloudException e) {
            // Its message quotes the response.
            return null;
        }
    }

    private CloudException noRole(@CheckForNull String role) {
        return CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                .message(role == null ? Messages.MetadataCalls_none() : Messages.MetadataCalls_noSuchRole(role))
                .advice(Messages.MetadataCalls_attach(platform.displayName()))
                .exception();
    }

    /** Says that a response is not what the service documents. */
    public CloudException strange(HttpAnswer answer) {
        boolean refused = answer.status() / 100 == 4;
        return CloudError.of(refused ? ErrorKind.AUTHENTICATION : ErrorKind.UNAVAILABLE, SideEffect.NONE)
                .message(Messages.MetadataCalls_strange(platform.displayName(), answer.status()))
                .advice(Messages.MetadataCalls_elsewhere(platform.displayName()))
                .exception();
    }
}

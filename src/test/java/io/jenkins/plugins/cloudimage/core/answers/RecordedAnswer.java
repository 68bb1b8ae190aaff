package io.jenkins.plugins.cloudimage.core.answers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An answer that a cloud really gave, and what it means. It is the form of the files beside this class, which {@code make
 * live} writes too; docs/recording.md describes it.
 *
 * @param argument the id, the name or, for describe, the list of ids and, for find, the criteria that the call asks for; null where it asks for none
 * @param request what was sent, for people; null where that is unknown
 * @param status the HTTP status
 * @param headers the HTTP headers; null for none
 * @param body the body: an object, or a text where it is no JSON
 * @param then further answers of the same call, such as further pages; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"source", "action", "argument", "request", "status", "headers", "body", "then", "expected"})
record RecordedAnswer(
        String source,
        Action action,
        @CheckForNull JsonNode argument,
        @CheckForNull JsonNode request,
        int status,
        @CheckForNull Map<String, String> headers,
        JsonNode body,
        @CheckForNull List<Next> then,
        Expected expected) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** The calls of {@link io.jenkins.plugins.cloudimage.core.Cloud}. */
    @SuppressWarnings("checkstyle:JavadocVariable")
    enum Action {
        create,
        describe,
        findByName,
        find,
        delete,
        powerState,
        stop,
        start,
        quota,
        probe,
        snapshotsLeftBy,
        deleteSnapshot
    }

    /** A further answer. */
    record Next(int status, @CheckForNull Map<String, String> headers, JsonNode body) {}

    /**
     * What the call comes to: exactly one of these, but image id and request id together. Of images and errors only the
     * fields that are given are compared.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Expected(
            @CheckForNull Map<String, JsonNode> error,
            @CheckForNull String imageId,
            @CheckForNull String requestId,
            @CheckForNull List<Map<String, JsonNode>> images,
            @CheckForNull String power,
            @CheckForNull JsonNode quota,
            @CheckForNull List<String> snapshots,
            @CheckForNull Boolean done) {}

    RecordedAnswer {
        check(source != null && !source.isBlank(), "source is missing");
        check(action != null, "action is missing");
        check(body != null && (body.isObject() || body.isTextual()), "body is neither an object nor a text");
        check(expected != null, "expected is missing");
        long kinds = Stream.of(
                        expected.error() != null,
                        expected.imageId() != null || expected.requestId() != null,
                        expected.images() != null,
                        expected.power() != null,
                        expected.quota() != null,
                        expected.snapshots() != null,
                        expected.done() != null)
                .filter(given -> given)
                .count();
        check(kinds == 1, "expected has " + kinds + " results");
        boolean withArgument = argument != null;
        switch (action) {
            case create -> {}
            case quota, probe -> check(!withArgument, action + " has no argument");
            default -> check(withArgument, "argument is missing");
        }
    }

    /** Reads a file; whatever is missing or unknown in it is a failure. */
    static RecordedAnswer read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), RecordedAnswer.class);
    }

    /** The same with another result. */
    RecordedAnswer expecting(Expected result) {
        return new RecordedAnswer(source, action, argument, request, status, headers, body, then, result);
    }

    /** Writes a file. */
    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** The argument as a list; empty for none. */
    List<String> arguments() {
        if (argument == null) {
            return List.of();
        }
        return argument.isArray()
                ? StreamSupport.stream(argument.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList()
                : List.of(argument.textValue());
    }

    /** All answers, as they come over the network. */
    List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        answers.add(answer(status, headers, body));
        if (then != null) {
            then.forEach(next -> answers.add(answer(next.status(), next.headers(), next.body())));
        }
        return answers;
    }

    private static Answer answer(int status, Map<String, String> headers, JsonNode body) {
        String text = body.isTextual() ? body.textValue() : body.toString();
        return new Answer(status, headers == null ? Map.of() : headers, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(boolean right, String problem) {
        if (!right) {
            throw new IllegalArgumentException(problem);
        }
    }
}

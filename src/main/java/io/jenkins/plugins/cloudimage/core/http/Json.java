package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads responses leniently: numbers may be texts and the reverse, and missing or malformed values are null. Only ids
 * are read strictly, because they become parts of addresses, files and the commands of builds.
 */
public final class Json {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final int SNIPPET = 200;
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%?");

    private Json() {}

    /**
     * Reads a field as text.
     *
     * @return its text, or null if it is missing, null or empty
     */
    @CheckForNull
    public static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isEmpty() || node.path(field).isNull() ? null : text;
    }

    /**
     * Reads a field as text.
     *
     * @return its text, or the empty text if it is missing or null
     */
    public static String word(JsonNode node, String field) {
        String text = text(node, field);
        return text == null ? "" : text;
    }

    /**
     * Reads a field as the id of an object at the cloud.
     *
     * @return the id, or null if it is missing, null or empty
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} unless it is a text of at most 128 letters, digits
     *     and {@code . _ : -}
     */
    @CheckForNull
    public static String id(JsonNode node, String field) throws CloudException {
        JsonNode value = node.path(field);
        if (value.isMissingNode()
                || value.isNull()
                || value.isTextual() && value.textValue().isEmpty()) {
            return null;
        }
        if (!isId(value)) {
            throw notUnderstood(node.toString()).exception();
        }
        return value.textValue();
    }

    /**
     * Whether a value can be the id of an object at the cloud.
     *
     * @return true for a text of at most 128 letters, digits and {@code . _ : -}
     */
    public static boolean isId(JsonNode value) {
        return value.isTextual() && ID.matcher(value.textValue()).matches();
    }

    /**
     * The error for a response in which something is missing or malformed.
     *
     * @return an error of kind {@link ErrorKind#UNAVAILABLE} after which a side effect is possible
     */
    public static CloudError notUnderstood(String answer) {
        return CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE)
                .message(Messages.HttpAnswer_notUnderstood(beginning(answer)))
                .advice(Messages.HttpAnswer_wrongApi());
    }

    static String beginning(String answer) {
        String text = answer.replaceAll("\\s+", " ").strip();
        if (text.isEmpty()) {
            return Messages.HttpAnswer_empty();
        }
        return text.length() > SNIPPET ? text.substring(0, SNIPPET) + "…" : text;
    }

    /**
     * Reads a field of each element of a list. Numbers become texts.
     *
     * @param whole the whole response, for the error
     * @param field the field, or null if the elements are plain values
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if there is no list, or an element lacks the field
     */
    public static List<String> texts(JsonNode whole, JsonNode list, @CheckForNull String field) throws CloudException {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list) {
            JsonNode value = field == null ? element : element.path(field);
            if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
                throw notUnderstood(whole.toString()).exception();
            }
            texts.add(value.asText());
        }
        if (!list.isArray()) {
            throw notUnderstood(whole.toString()).exception();
        }
        return texts;
    }

    /**
     * Reads a field as a percentage.
     *
     * @param field the field, a number or a text such as {@code 50} or {@code 50%}
     * @return 0 to 100, or null if there is no such number
     */
    @CheckForNull
    public static Integer percent(JsonNode node, String field) {
        Matcher number = PERCENT.matcher(node.path(field).asText(""));
        return number.matches() ? Math.min(Integer.parseInt(number.group(1)), 100) : null;
    }

    /**
     * Reads a field as a time.
     *
     * @return the time, or null if it is not in ISO 8601 with an offset
     */
    @CheckForNull
    public static Instant instant(JsonNode node, String field) {
        try {
            return OffsetDateTime.parse(node.path(field).asText("")).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads answers leniently: numbers may be texts and the reverse, and whatever is missing or odd is null. */
public final class Json {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%?");

    private Json() {}

    /**
     * Reads a field as text.
     *
     * @param node an object
     * @param field the field
     * @return its text, or null if it is missing, null or empty
     */
    @CheckForNull
    public static String text(JsonNode node, String field) {
        String text = node.path(field).asText("");
        return text.isEmpty() || node.path(field).isNull() ? null : text;
    }

    /**
     * Reads a field as a percentage.
     *
     * @param node an object
     * @param field the field, a number or a text such as {@code 50} or {@code 50%}
     * @return 0 to 100, or null if it holds nothing of that kind
     */
    @CheckForNull
    public static Integer percent(JsonNode node, String field) {
        Matcher number = PERCENT.matcher(node.path(field).asText(""));
        return number.matches() ? Math.min(Integer.parseInt(number.group(1)), 100) : null;
    }

    /**
     * Reads a field as a moment.
     *
     * @param node an object
     * @param field the field
     * @return its time, or null if there is none in ISO 8601 with an offset
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

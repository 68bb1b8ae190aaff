package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Reads answers leniently: numbers may be texts and the reverse, and whatever is missing or odd is null. */
public final class Json {
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

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;

/**
 * The tag that an image has to have.
 *
 * @param value the exact value, or null for any
 */
public record TagFilter(String key, @CheckForNull String value) {

    /** Reads {@code key=value}, or {@code key} alone for any value. */
    public static TagFilter of(String text) {
        int separator = text.indexOf('=');
        return separator < 0
                ? new TagFilter(text.strip(), null)
                : new TagFilter(
                        text.substring(0, separator).strip(),
                        text.substring(separator + 1).strip());
    }

    boolean matches(Map<String, String> tags) {
        return tags.containsKey(key) && (value == null || value.equals(tags.get(key)));
    }

    @Override
    public String toString() {
        return value == null ? key : key + "=" + value;
    }
}

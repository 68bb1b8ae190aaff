package io.jenkins.plugins.cloudimage.core.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Percent-encoding as <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2">RFC 3986</a> has it. */
public final class Percent {
    private Percent() {}

    /**
     * Encodes a text so that no reserved character is left in it, not even a colon or a slash.
     *
     * @param text any text
     * @return letters, digits and {@code - . _ ~} as they are, the UTF-8 bytes of all else as {@code %XX} in upper case
     */
    public static String encode(String text) {
        // The JDK encodes for HTML forms, which differ in three characters.
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /**
     * Writes parameters as a query or a form, in their canonical order.
     *
     * @param parameters names and values, sorted by name
     * @return {@code name=value} pairs, encoded and joined by {@code &}
     */
    public static String pairs(SortedMap<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}

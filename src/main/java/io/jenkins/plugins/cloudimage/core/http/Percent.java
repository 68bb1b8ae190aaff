package io.jenkins.plugins.cloudimage.core.http;

import java.util.HexFormat;
import java.util.SortedMap;

/**
 * Percent-encoding as <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2">RFC 3986</a> has it; the JDK's is that of
 * HTML forms.
 */
public final class Percent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /**
     * Encodes a text so that no reserved character is left in it, not even a colon or a slash.
     *
     * @param text any text
     * @return letters, digits and {@code - . _ ~} as they are, the UTF-8 bytes of all else as {@code %XX} in upper case
     */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(2 * text.length());
        append(encoded, text);
        return encoded.toString();
    }

    /**
     * Writes parameters as a query or a form, in their canonical order.
     *
     * @param parameters names and values, sorted by name
     * @return {@code name=value} pairs, encoded and joined by {@code &}
     */
    public static String pairs(SortedMap<String, String> parameters) {
        StringBuilder pairs = new StringBuilder(64 * parameters.size());
        parameters.forEach((name, value) -> {
            if (!pairs.isEmpty()) {
                pairs.append('&');
            }
            append(pairs, name);
            append(pairs.append('='), value);
        });
        return pairs.toString();
    }

    private static void append(StringBuilder encoded, String text) {
        for (byte b : Digests.utf8(text)) {
            if (isUnreserved(b)) {
                encoded.append((char) b);
            } else {
                HEX.toHexDigits(encoded.append('%'), b);
            }
        }
    }

    private static boolean isUnreserved(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}

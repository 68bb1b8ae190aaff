package io.jenkins.plugins.cloudimage.core.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Percent-encoding by <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2">RFC 3986</a>; the JDK's encoder is for
 * HTML forms.
 */
public final class Percent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final boolean[] UNRESERVED = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
                .chars()
                .forEach(c -> UNRESERVED[c] = true);
    }

    private Percent() {}

    /**
     * Encodes a text, including all reserved characters such as colon and slash.
     *
     * @return letters, digits and {@code - . _ ~} unchanged, and the UTF-8 bytes of all other characters as upper-case
     *     {@code %XX}
     */
    public static String encode(String text) {
        byte[] bytes = Digests.utf8(text);
        int reserved = 0;
        for (byte b : bytes) {
            reserved += isUnreserved(b) ? 0 : 1;
        }
        if (reserved == 0) {
            return text;
        }
        byte[] encoded = new byte[bytes.length + 2 * reserved];
        int length = 0;
        for (byte b : bytes) {
            if (isUnreserved(b)) {
                encoded[length++] = b;
            } else {
                encoded[length++] = '%';
                encoded[length++] = (byte) HEX.toHighHexDigit(b);
                encoded[length++] = (byte) HEX.toLowHexDigit(b);
            }
        }
        return new String(encoded, StandardCharsets.US_ASCII);
    }

    /** Encodes parameters once for use in several texts. */
    public static SortedMap<String, String> encode(SortedMap<String, String> parameters) {
        SortedMap<String, String> encoded = new TreeMap<>();
        parameters.forEach((name, value) -> encoded.put(encode(name), encode(value)));
        return encoded;
    }

    /**
     * Formats parameters as a query or a form, in their canonical order.
     *
     * @return {@code name=value} pairs, encoded and joined by {@code &}
     */
    public static String pairs(SortedMap<String, String> parameters) {
        return join(encode(parameters));
    }

    /**
     * Formats encoded parameters as {@link #pairs} does.
     *
     * @return {@code name=value} pairs, joined by {@code &}
     */
    public static String join(SortedMap<String, String> encoded) {
        StringBuilder pairs = new StringBuilder(64 * encoded.size());
        encoded.forEach((name, value) -> {
            if (!pairs.isEmpty()) {
                pairs.append('&');
            }
            pairs.append(name).append('=').append(value);
        });
        return pairs.toString();
    }

    private static boolean isUnreserved(byte b) {
        return b >= 0 && UNRESERVED[b];
    }
}

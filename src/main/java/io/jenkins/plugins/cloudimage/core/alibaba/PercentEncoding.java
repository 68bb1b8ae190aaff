package io.jenkins.plugins.cloudimage.core.alibaba;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The encoding of RFC 3986 that all of Alibaba's signatures are computed over, and that we also send: letters, digits and
 * {@code - _ . ~} stay, every other byte of UTF-8 becomes {@code %XY} in upper case.
 */
public final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Encodes a text.
     *
     * @param text any text
     * @return its encoded form
     */
    public static String encode(String text) {
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
        return parameters.entrySet().stream().map(PercentEncoding::pair).collect(Collectors.joining("&"));
    }

    private static String pair(Map.Entry<String, String> parameter) {
        return encode(parameter.getKey()) + "=" + encode(parameter.getValue());
    }
}

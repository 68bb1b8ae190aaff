package io.jenkins.plugins.cloudimage.peers;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads queries and forms. */
final class Encoded {
    private Encoded() {}

    /** The parameters of a query or a form; one without a value has the empty one. */
    static SortedMap<String, String> parameters(String encoded) {
        SortedMap<String, String> parameters = new TreeMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                String[] parts = pair.split("=", 2);
                parameters.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

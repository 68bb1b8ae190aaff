package io.jenkins.plugins.cloudimage.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads queries and forms, and encodes by RFC 3986 with code of its own. */
final class AlibabaQuery {
    private static final String KEPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /** The parameters that belong to the signature and not to an action. */
    static final Set<String> COMMON = Set.of(
            "AccessKeyId",
            "Action",
            "Format",
            "SecurityToken",
            "Signature",
            "SignatureMethod",
            "SignatureNonce",
            "SignatureVersion",
            "Timestamp",
            "Version");

    private AlibabaQuery() {}

    /** What a request asks of the public gateway, in a header or a parameter. */
    static String action(Received request) {
        return headerOr(request, "x-acs-action", "Action");
    }

    /** The API's version that a request asks of the public gateway. */
    static String version(Received request) {
        return headerOr(request, "x-acs-version", "Version");
    }

    private static String headerOr(Received request, String header, String parameter) {
        String value = request.header(header);
        return value.isEmpty() ? parameters(request).getOrDefault(parameter, "") : value;
    }

    /** The parameters of the query and, for a form, of the body. */
    static Map<String, String> parameters(Received request) {
        Map<String, String> all = new TreeMap<>();
        read(request.uri().getRawQuery(), all);
        if (request.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            read(new String(request.body(), StandardCharsets.UTF_8), all);
        }
        return all;
    }

    private static void read(String encoded, Map<String, String> into) {
        if (encoded == null || encoded.isEmpty()) {
            return;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            into.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && KEPT.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b));
            }
        }
        return encoded.toString();
    }

    static String canonical(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters)
                .forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                        .append(encode(name))
                        .append('=')
                        .append(encode(value)));
        return text.toString();
    }
}

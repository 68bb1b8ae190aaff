package io.jenkins.plugins.cloudimage.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a request to QCloud, which takes them in the query, in a form or in a form of several parts. */
final class QcloudParameters {
    private static final Pattern BOUNDARY = Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");
    private static final Pattern PART = Pattern.compile("(?s).*?\\bname=\"([^\"]+)\".*?\r\n\r\n(.*)\r\n");

    private QcloudParameters() {}

    static Map<String, String> of(Received request) {
        Map<String, String> parameters = new TreeMap<>();
        String body = new String(request.body(), StandardCharsets.UTF_8);
        Matcher multipart = BOUNDARY.matcher(request.header("Content-Type"));
        if (request.method().equals("GET")) {
            decode(request.uri().getRawQuery(), parameters);
        } else if (multipart.matches()) {
            for (String part : body.split(Pattern.quote("--" + multipart.group(1)))) {
                Matcher field = PART.matcher(part);
                if (field.matches()) {
                    parameters.put(field.group(1), field.group(2));
                }
            }
        } else {
            decode(body, parameters);
        }
        return parameters;
    }

    /** The values of {@code name.0}, {@code name.1} and so on. */
    static List<String> list(Map<String, String> parameters, String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; parameters.containsKey(name + "." + i); i++) {
            values.add(parameters.get(name + "." + i));
        }
        return values;
    }

    private static void decode(String form, Map<String, String> parameters) {
        for (String pair : form == null ? new String[0] : form.split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(decode(parts[0]), parts.length == 1 ? "" : decode(parts[1]));
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

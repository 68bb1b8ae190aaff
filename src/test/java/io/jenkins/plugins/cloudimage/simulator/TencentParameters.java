package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters of a request to Tencent Cloud, which takes them as JSON, in the query or in a form, as {@code
 * Filters.0.Values.0}. What all calls have is in headers, or among the others where the older signatures are used.
 */
final class TencentParameters {
    private static final Set<String> COMMON = Set.of(
            "Action",
            "Version",
            "Region",
            "Timestamp",
            "Nonce",
            "SecretId",
            "SignatureMethod",
            "Signature",
            "Token",
            "Language",
            "RequestClient");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Received request;
    private final Map<String, String> flat = new LinkedHashMap<>();

    TencentParameters(Received request) {
        this.request = request;
        if (request.method().equals("GET")) {
            decode(request.uri().getRawQuery());
        } else if (request.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            decode(new String(request.body(), StandardCharsets.UTF_8));
        }
    }

    /** A parameter that all calls have, or the empty text. */
    String common(String name) {
        String header = request.header("X-TC-" + name);
        return header.isEmpty() ? flat.getOrDefault(name, "") : header;
    }

    /** All parameters of query or form as they came. */
    Map<String, String> flat() {
        return flat;
    }

    /** The action's own parameters, or null if the body is no JSON object. */
    ObjectNode own() {
        if (request.method().equals("POST") && flat.isEmpty()) {
            return json();
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        flat.forEach((name, value) -> {
            if (!COMMON.contains(name)) {
                put(root, name.split("\\."), value);
            }
        });
        return (ObjectNode) arrays(root);
    }

    private ObjectNode json() {
        try {
            return request.body().length == 0
                    ? JsonNodeFactory.instance.objectNode()
                    : JSON.readTree(request.body()) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(ObjectNode root, String[] path, String value) {
        ObjectNode node = root;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.path(path[i]) instanceof ObjectNode inner ? inner : node.putObject(path[i]);
        }
        node.put(path[path.length - 1], value);
    }

    /** Makes arrays of the objects whose names are numbers. */
    private static JsonNode arrays(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        object.properties().forEach(field -> field.setValue(arrays(field.getValue())));
        if (object.isEmpty() || !object.properties().stream().allMatch(field -> isNumber(field.getKey()))) {
            return object;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        object.forEach(array::add);
        return array;
    }

    private static boolean isNumber(String name) {
        return NUMBER.matcher(name).matches();
    }

    private void decode(String form) {
        for (String pair : form == null || form.isEmpty() ? new String[0] : form.split("&")) {
            String[] parts = pair.split("=", 2);
            flat.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

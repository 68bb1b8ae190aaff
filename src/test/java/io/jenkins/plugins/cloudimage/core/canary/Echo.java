package io.jenkins.plugins.cloudimage.core.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Where a server echoes what it was sent and what it knows about a key. */
public enum Echo {
    /** In the message of a refusal. */
    MESSAGE {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return refusal.header("Retry-After", told).with(texts(refusal, name -> !name.matches(CODES), told));
        }
    },
    /** In place of the refusal's code. */
    CODE {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return refusal.with(texts(refusal, name -> true, told));
        }
    },
    /** In every text of a success: states, names, ids. */
    SUCCESS {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return success.with(texts(success, name -> !name.matches("(?i).*id"), told));
        }
    },
    /** In a success, ids too. */
    IDS {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return success.with(texts(success, name -> true, told));
        }
    },
    /** On a page of a gateway. */
    PAGE {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return new Answer(502, Map.of(), bytes("<html>" + told + "</html>"));
        }
    },
    /** Instead of JSON. */
    NO_JSON {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return new Answer(200, Map.of(), bytes(told.strip()));
        }
    },
    /** In truncated JSON. */
    BROKEN_JSON {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return new Answer(200, Map.of(), bytes("{\"Message\":\"" + told + "\",\"x\":" + told));
        }
    },
    /** In headers. */
    HEADERS {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            String line = told.replaceAll("[^ -~]+", " ");
            Map<String, String> headers = new HashMap<>();
            for (String name : new String[] {
                "Location", "Retry-After", "x-acs-retry-after", "x-acs-request-id", "x-jdcloud-request-id", "X-Any"
            }) {
                headers.put(name, line);
            }
            return new Answer(307, headers, new byte[0]);
        }
    },
    /** So far from the beginning that only a part of it is shown. */
    AT_THE_CUT {
        @Override
        public Answer of(Answer refusal, Answer success, String told) {
            return new Answer(502, Map.of(), bytes("x".repeat(150) + told));
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CODES = "(?i)code|codeDesc|status|errorCode|asapiErrorCode|resultCode";

    /** Adds the echo to a response. */
    public abstract Answer of(Answer refusal, Answer success, String told);

    private static byte[] texts(Answer answer, Predicate<String> names, String told) {
        try {
            JsonNode tree = JSON.readTree(answer.body());
            fill(tree, names, told);
            return JSON.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void fill(JsonNode node, Predicate<String> names, String told) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isTextual() && names.test(field.getKey())) {
                    field.setValue(TextNode.valueOf(told));
                }
                fill(field.getValue(), names, told);
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> fill(element, names, told));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

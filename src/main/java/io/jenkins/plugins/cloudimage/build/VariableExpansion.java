package io.jenkins.plugins.cloudimage.build;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.util.function.UnaryOperator;

/**
 * Expands build variables in every text of a request, whichever cloud it is for. A variable in a list may hold several
 * elements, separated by commas or white space.
 */
final class VariableExpansion {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addMixIn(ImageRequest.class, Untyped.class).build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NONE)
    private interface Untyped {}

    private VariableExpansion() {}

    static ImageRequest expand(ImageRequest request, UnaryOperator<String> variables) {
        try {
            return JSON.treeToValue(expandNode(JSON.valueToTree(request), variables), request.getClass());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A request is plain data", e);
        }
    }

    private static JsonNode expandNode(JsonNode node, UnaryOperator<String> variables) {
        if (node.isTextual()) {
            return TextNode.valueOf(variables.apply(node.textValue()));
        }
        if (node.isArray()) {
            ArrayNode expanded = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> addAll(expanded, expandNode(element, variables)));
            return expanded;
        }
        if (node.isObject()) {
            ObjectNode expanded = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> expanded.set(field.getKey(), expandNode(field.getValue(), variables)));
            return expanded;
        }
        return node;
    }

    private static void addAll(ArrayNode list, JsonNode element) {
        if (!element.isTextual()) {
            list.add(element);
            return;
        }
        for (String part : element.textValue().split("[\\s,]+")) {
            if (!part.isEmpty()) {
                list.add(part);
            }
        }
    }
}

package io.jenkins.plugins.cloudimage.core.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Corrupts JSON: first its values and its shape, then its bytes. */
public final class Mutation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Bodies that are not JSON. */
    private static final List<String> BODIES = List.of(
            "",
            "{}",
            "[]",
            "null",
            "0",
            "\"\"",
            "<html><body>502 Bad Gateway</body></html>",
            "{\"Response\":null}",
            "{\"Response\":{}}",
            "{\"code\":0}",
            "{\"result\":{}}",
            "{\"error\":{}}",
            "{\"requestId\":\"x\"}",
            "{\"RequestId\":\"x\"}",
            "{\"a\":".repeat(5000),
            "[".repeat(5000),
            "{\"a\":1}{\"b\":2}",
            "{\"TotalCount\":2147483647}",
            "{\"a\":" + "9".repeat(5000) + "}",
            "{\"a\":\"" + "x".repeat(50_000) + "\"}");

    private final RandomSource random;
    private final List<JsonNode> others;

    /**
     * @param others documents whose parts may be mixed in
     */
    public Mutation(RandomSource random, List<JsonNode> others) {
        this.random = random;
        this.others = others;
    }

    /** Reads JSON, or returns null for anything else. */
    static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    /** The body, corrupted or not. */
    public byte[] of(byte[] body) {
        JsonNode tree = parse(body);
        byte[] changed = body;
        if (random.oneIn(12)) {
            changed = random.of(BODIES).getBytes(StandardCharsets.UTF_8);
        } else if (tree != null) {
            changed = shape(tree, random.below(4)).toString().getBytes(StandardCharsets.UTF_8);
        }
        return random.oneIn(6) ? bytes(changed) : changed;
    }

    private JsonNode shape(JsonNode tree, int times) {
        JsonNode changed = tree.deepCopy();
        for (int i = 0; i < times; i++) {
            List<ContainerNode<?>> containers = new ArrayList<>();
            collect(changed, containers);
            if (containers.isEmpty()) {
                return changed;
            }
            change(random.of(containers));
        }
        return switch (random.below(40)) {
            case 38 -> NODES.arrayNode().add(changed);
            case 39 -> NODES.objectNode().set("data", changed);
            default -> changed;
        };
    }

    private static void collect(JsonNode node, List<ContainerNode<?>> found) {
        if (node instanceof ContainerNode<?> container) {
            found.add(container);
            container.forEach(child -> collect(child, found));
        }
    }

    private void change(ContainerNode<?> container) {
        if (container instanceof ArrayNode array) {
            if (array.isEmpty() || random.oneIn(4)) {
                array.add(value());
            } else if (random.oneIn(3)) {
                array.remove(random.below(array.size()));
            } else {
                array.set(random.below(array.size()), value());
            }
            return;
        }
        ObjectNode object = (ObjectNode) container;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || random.oneIn(10)) {
            object.set(EdgeCaseTexts.draw(random), value());
            return;
        }
        String name = random.of(names);
        switch (random.below(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(random.oneIn(2) ? name.toLowerCase() : name + "s", object.remove(name));
            case 2 -> object.set(name, object.get(random.of(names)).deepCopy());
            case 3 -> {
                if (random.of(others) instanceof ObjectNode other) {
                    object.setAll(other.deepCopy());
                }
            }
            default -> object.set(name, value());
        }
    }

    private JsonNode value() {
        return switch (random.below(14)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.oneIn(2));
            case 2 -> NODES.numberNode(random.below(1000));
            case 3 -> NODES.numberNode(random.any());
            case 4 -> NODES.numberNode(new BigInteger("9".repeat(1 + random.below(60))));
            case 5 -> NODES.numberNode(new BigDecimal("-1.5e" + random.below(900)));
            case 6 -> NODES.arrayNode();
            case 7 -> NODES.objectNode();
            case 8 -> nested(1 + random.below(150));
            case 9 -> random.of(others).deepCopy();
            case 10 -> NODES.textNode("Fuzz.Unknown" + random.below(100));
            default -> NODES.textNode(EdgeCaseTexts.draw(random));
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode inner = NODES.arrayNode();
        for (int i = 1; i < depth; i++) {
            inner = NODES.arrayNode().add(inner);
        }
        return inner;
    }

    private byte[] bytes(byte[] body) {
        byte[] changed = body.clone();
        switch (random.below(6)) {
            case 0 -> changed = Arrays.copyOf(body, random.below(body.length + 1));
            case 1 -> {
                if (changed.length > 0) {
                    changed[random.below(changed.length)] = (byte) random.below(256);
                }
            }
            case 2 -> changed = join(body, new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});
            case 3 -> changed = new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
            case 4 -> changed = join(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, body);
            default -> {
                changed = new byte[random.below(64)];
                for (int i = 0; i < changed.length; i++) {
                    changed[i] = (byte) random.below(256);
                }
            }
        }
        return changed;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

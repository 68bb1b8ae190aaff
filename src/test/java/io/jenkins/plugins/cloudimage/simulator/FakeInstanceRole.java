package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** The role of a fake instance. Its key is replaced before it expires, and until then everybody gets the same one. */
public final class FakeInstanceRole {
    private static final Duration EARLY = Duration.ofMinutes(30);

    private final Clock clock;
    private final IssuedKeys keys;
    private final String prefix;
    private String name;
    private String failure;
    private Duration validity = Duration.ofHours(6);
    private IssuedKeys.Key key;
    private Instant updated;

    FakeInstanceRole(Clock clock, IssuedKeys keys, String prefix, String name) {
        this.clock = clock;
        this.keys = keys;
        this.prefix = prefix;
        this.name = name;
    }

    /** Gives the instance another role, or none if it is null. */
    public synchronized void attach(String other) {
        name = other;
        key = null;
    }

    /** Lets the service say that it has no key, by a code. */
    public synchronized void fail(String code) {
        failure = code;
    }

    /** Sets how long a key is valid. */
    public synchronized void issueFor(Duration time) {
        validity = time;
    }

    /**
     * Answers a request below the list of the instance's roles.
     *
     * @param item what follows the address of the list
     * @param fields how the service calls the parts of a key
     */
    synchronized Answer answer(String item, Function<IssuedKeys.Key, ObjectNode> fields) {
        if (name == null || !item.isEmpty() && !item.equals(name)) {
            return page(404);
        }
        if (item.isEmpty()) {
            return text(name);
        }
        ObjectNode body = failure == null ? fields.apply(key()) : JsonNodeFactory.instance.objectNode();
        return Answer.json(200, body.put("Code", failure == null ? "Success" : failure));
    }

    static Answer text(String text) {
        return new Answer(200, Map.of("Content-Type", "text/plain"), text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer page(int status) {
        String html = "<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>";
        return new Answer(status, Map.of("Content-Type", "text/html"), html.getBytes(StandardCharsets.UTF_8));
    }

    synchronized Instant updated() {
        return updated;
    }

    private IssuedKeys.Key key() {
        Duration half = validity.dividedBy(2);
        Duration early = half.compareTo(EARLY) < 0 ? half : EARLY;
        if (key == null || !clock.instant().isBefore(key.end().minus(early))) {
            updated = clock.instant();
            key = keys.issue(prefix, "instance", validity, null);
        }
        return key;
    }
}

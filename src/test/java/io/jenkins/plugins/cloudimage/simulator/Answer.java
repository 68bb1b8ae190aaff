package io.jenkins.plugins.cloudimage.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer to send.
 *
 * @param status the HTTP status
 * @param headers extra headers
 * @param body the body
 */
public record Answer(int status, Map<String, String> headers, byte[] body) {

    /** An answer of JSON. */
    public static Answer json(int status, Object json) {
        return new Answer(status, Map.of(), json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The same with one more header. */
    public Answer header(String name, String value) {
        return new Answer(status, Map.of(name, value), body);
    }

    /** The same with another body. */
    public Answer with(byte[] other) {
        return new Answer(status, headers, other);
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import com.sun.net.httpserver.Headers;
import java.net.URI;

/**
 * A request as it arrived.
 *
 * @param method GET or POST
 * @param uri path and query, still encoded
 * @param headers the headers
 * @param body the body, empty if there was none
 */
public record Received(String method, URI uri, Headers headers, byte[] body) {

    /** A header's value, or the empty string. */
    public String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * A signed request that is sent exactly like this.
 *
 * @param method GET, POST or DELETE
 * @param url the server, or the whole address if {@code target} is empty
 * @param target path and query, already encoded; the signature covers them, so they must not be encoded again
 * @param headers all headers except {@code Host}; {@code Content-Type} only if a GET needs one
 * @param contentType the exact {@code Content-Type} of a body; it is often signed, so nothing may be added to it; empty
 *     for a request without this header
 * @param body the exact body, empty for GET and DELETE
 */
public record HttpCall(
        String method, HttpUrl url, String target, Map<String, String> headers, String contentType, byte[] body) {

    HttpUrl address() {
        return target.isEmpty() ? url : Objects.requireNonNull(url.resolve(target));
    }

    /** Shows the address and nothing that is signed or secret. */
    @Override
    public String toString() {
        return method + " " + url.scheme() + "://" + hostHeader(url) + address().encodedPath();
    }

    /**
     * The {@code Host} header that is sent to an address, which is what must be signed.
     *
     * @return the host, with the port unless it is the scheme's default
     */
    public static String hostHeader(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }
}

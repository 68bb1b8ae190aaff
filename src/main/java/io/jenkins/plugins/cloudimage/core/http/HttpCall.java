package io.jenkins.plugins.cloudimage.core.http;

import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;

/**
 * A signed request, complete to the byte.
 *
 * @param method GET, POST or DELETE
 * @param url the server, or the whole address if {@code target} is empty
 * @param target path and query, encoded as they are to be sent; a signature wrote them, so nobody may write them anew
 * @param headers all headers but {@code Host}; {@code Content-Type} only where a GET has to carry one
 * @param contentType the exact {@code Content-Type} of a body; it is often signed, so nothing may be added to it; empty
 *     for a request without that header
 * @param body the exact body, empty for GET and DELETE
 */
public record HttpCall(
        String method, HttpUrl url, String target, Map<String, String> headers, String contentType, byte[] body) {

    /** Where it goes. */
    HttpUrl address() {
        return target.isEmpty() ? url : Objects.requireNonNull(url.resolve(target));
    }

    /** Shows where it goes and nothing that is signed or secret. */
    @Override
    public String toString() {
        return method + " " + url.scheme() + "://" + hostHeader(url) + address().encodedPath();
    }

    /**
     * The {@code Host} header that will be sent for an address, which is what must be signed.
     *
     * @return the host, with the port unless it is the scheme's own
     */
    public static String hostHeader(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }
}

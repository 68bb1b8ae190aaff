package io.jenkins.plugins.cloudimage.core.http;

import java.util.Map;
import okhttp3.HttpUrl;

/**
 * A signed request, complete to the byte.
 *
 * @param method GET, POST or DELETE
 * @param url where to; its query is the one that is sent if {@code query} is empty
 * @param query the whole query, encoded as it is to be sent, or empty; a signature wrote it, so nobody may write it anew
 * @param headers all headers but {@code Host}; {@code Content-Type} only where a GET has to carry one
 * @param contentType the exact {@code Content-Type} of a body; it is often signed, so nothing may be added to it; empty
 *     for a request without that header
 * @param body the exact body, empty for GET and DELETE
 */
public record HttpCall(
        String method, HttpUrl url, String query, Map<String, String> headers, String contentType, byte[] body) {

    /** The address with the query. */
    HttpUrl target() {
        return query.isEmpty() ? url : url.newBuilder().encodedQuery(query).build();
    }

    /** Shows where it goes and nothing that is signed or secret. */
    @Override
    public String toString() {
        return method + " " + url.scheme() + "://" + hostHeader(url) + url.encodedPath();
    }

    /**
     * The {@code Host} header that will be sent for an address, which is what must be signed.
     *
     * @param url the address
     * @return the host, with the port unless it is the scheme's own
     */
    public static String hostHeader(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
    }
}

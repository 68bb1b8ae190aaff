package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * The <a href="https://www.alibabacloud.com/help/en/sdk/product-overview/roa-mechanism">signature of ROA APIs, version
 * 1</a>, with HMAC-SHA1: it covers method, path and headers, and the body by its MD5. A pure function of key and request.
 */
public final class RoaSigner {
    /** RFC 1123 as HTTP requires it, with two digits for the day of the month. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final List<String> STANDARD = List.of("accept", "content-md5", "content-type", "date");

    private final AccessKey key;
    private final Hmac hmac;

    public RoaSigner(AccessKey key) {
        this.key = key;
        this.hmac = new Hmac("HmacSHA1", Digests.utf8(key.secret()));
    }

    /**
     * Computes the value of the {@code Authorization} header.
     *
     * @param resource the path, with {@code ?} and the sorted, unencoded parameters if there is a query
     * @param headers all headers that are sent, under names in lower case; those that the signature does not cover are
     *     ignored
     */
    public String authorization(String method, String resource, SortedMap<String, String> headers) {
        StringBuilder toSign = new StringBuilder(method).append('\n');
        for (String name : STANDARD) {
            toSign.append(headers.getOrDefault(name, "")).append('\n');
        }
        headers.forEach((name, value) -> {
            if (name.startsWith("x-acs-")) {
                toSign.append(name).append(':').append(value).append('\n');
            }
        });
        toSign.append(resource);
        return "acs " + key.id() + ":" + Base64.getEncoder().encodeToString(hmac.of(toSign.toString()));
    }

    /**
     * Formats the {@code Date} header.
     *
     * @return for example {@code Wed, 16 Apr 2025 03:44:46 GMT}
     */
    public static String date(Instant now) {
        return DATE.format(now);
    }

    /**
     * Formats the {@code Content-MD5} header.
     *
     * @return its MD5 in Base64
     */
    public static String contentMd5(byte[] body) {
        return Base64.getEncoder().encodeToString(Digests.md5(body));
    }
}

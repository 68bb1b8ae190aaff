package io.jenkins.plugins.cloudimage.core.jdcloud;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * JDCLOUD2-HMAC-SHA256, <a href="https://docs.jdcloud.com/cn/common-declaration/api/authorization-rules">JD Cloud's
 * signature</a>. A pure function of key, region, service and request. The key that the algorithm derives for a day is
 * cached, because the derivation costs more than the signature.
 */
public final class JdCloudSigner {
    private static final String ALGORITHM = "JDCLOUD2-HMAC-SHA256";
    private static final String TERMINATOR = "jdcloud2_request";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;
    /** The initial size of the buffer: most requests to sign are shorter, in characters. */
    private static final int USUAL_LENGTH = 256;

    private static final Pattern SPACES = Pattern.compile(" +");

    private final AccessKey key;
    private final String region;
    private final String service;
    /** Replaced as a whole, so that other threads never see the key of another day. */
    private volatile DayKey dayKey;

    private record DayKey(String day, String scope, Hmac hmac) {}

    /**
     * @param key the key; its session token, if there is one, is sent and signed
     * @param service the product, for example {@code vm}
     */
    public JdCloudSigner(AccessKey key, String region, String service) {
        this.key = key;
        this.region = region;
        this.service = service;
    }

    /**
     * Computes the value of the {@code Authorization} header.
     *
     * @param path the path with each segment encoded by {@link Percent#encode}, so that the colon of {@code
     *     :createImage} is {@code %3A} even if it is sent unencoded
     * @param query the whole query as {@link Percent#pairs} writes it
     * @param headers the headers to sign, under names in lower case, including {@code host}, {@code x-jdcloud-date} and
     *     {@code x-jdcloud-nonce}
     */
    public String authorization(
            String method, String path, String query, SortedMap<String, String> headers, byte[] body) {
        String date = headers.get("x-jdcloud-date");
        DayKey today = dayKey(date.substring(0, DAY_LENGTH));
        String toSign = ALGORITHM + "\n" + date + "\n" + today.scope() + "\n"
                + Digests.sha256Hex(Digests.utf8(canonicalRequest(method, path, query, headers, body)));
        return ALGORITHM + " Credential=" + key.id() + "/" + today.scope() + ", SignedHeaders=" + names(headers)
                + ", Signature=" + Digests.hex(today.hmac().of(toSign));
    }

    static String canonicalRequest(
            String method, String path, String query, SortedMap<String, String> headers, byte[] body) {
        StringBuilder canonical = new StringBuilder(USUAL_LENGTH)
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(query)
                .append('\n');
        headers.forEach((name, value) ->
                canonical.append(name).append(':').append(compact(value)).append('\n'));
        return canonical
                .append('\n')
                .append(names(headers))
                .append('\n')
                .append(Digests.sha256Hex(body))
                .toString();
    }

    private static String names(SortedMap<String, String> headers) {
        return String.join(";", headers.keySet());
    }

    /**
     * Formats the {@code x-jdcloud-date} header.
     *
     * @return for example {@code 20260102T030405Z}
     */
    public static String date(Instant now) {
        return DATE.format(now);
    }

    private static String compact(String value) {
        String stripped = value.strip();
        return stripped.contains("  ") ? SPACES.matcher(stripped).replaceAll(" ") : stripped;
    }

    private DayKey dayKey(String day) {
        DayKey known = dayKey;
        if (known == null || !known.day().equals(day)) {
            byte[] derived = Digests.utf8("JDCLOUD2" + key.secret());
            for (String part : List.of(day, region, service, TERMINATOR)) {
                derived = new Hmac(HMAC, derived).of(part);
            }
            known = new DayKey(day, day + "/" + region + "/" + service + "/" + TERMINATOR, new Hmac(HMAC, derived));
            dayKey = known;
        }
        return known;
    }
}

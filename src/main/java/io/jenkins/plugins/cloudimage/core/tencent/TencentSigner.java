package io.jenkins.plugins.cloudimage.core.tencent;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * TC3-HMAC-SHA256, <a href="https://cloud.tencent.com/document/api/213/30654">Tencent Cloud's signature v3</a>, for a
 * POST of JSON to the root of a host. A pure function of key, service, request and time. The key that the algorithm
 * derives for a day is cached, because the derivation costs more than the signature.
 */
public final class TencentSigner {
    /** The content type that is signed and sent. */
    public static final String CONTENT_TYPE = "application/json; charset=utf-8";

    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final String TERMINATOR = "tc3_request";
    /** The initial size of the buffer: most requests to sign are shorter, in characters. */
    private static final int USUAL_LENGTH = 256;

    private final AccessKey key;
    private final String service;
    /** Replaced as a whole, so that other threads never see the key of another day. */
    private volatile DayKey dayKey;

    private record DayKey(LocalDate day, String scope, Hmac hmac) {}

    /**
     * @param service the product, for example {@code cvm}
     */
    public TencentSigner(AccessKey key, String service) {
        this.key = key;
        this.service = service;
    }

    /**
     * Computes the value of the {@code Authorization} header for the headers that the plugin signs: content type, host
     * and action.
     *
     * @param host the {@code Host} header, with the port unless it is the scheme's default
     * @param time the time of the signature; its seconds also go into {@code X-TC-Timestamp}
     */
    public String authorization(String host, String action, byte[] body, Instant time) {
        return authorization(
                new TreeMap<>(Map.of("content-type", CONTENT_TYPE, "host", host, "x-tc-action", action)), body, time);
    }

    /**
     * Computes the value of the {@code Authorization} header. The caller chooses the headers to sign, which must
     * include content type and host.
     *
     * @param headers the headers to sign, with names in lower case
     */
    public String authorization(SortedMap<String, String> headers, byte[] body, Instant time) {
        DayKey today = dayKey(time);
        StringBuilder canonical = new StringBuilder(USUAL_LENGTH).append("POST\n/\n\n");
        headers.forEach((name, value) -> canonical
                .append(name)
                .append(':')
                .append(value.strip().toLowerCase(Locale.ROOT))
                .append('\n'));
        String names = String.join(";", headers.keySet());
        canonical.append('\n').append(names).append('\n').append(Digests.sha256Hex(body));
        String toSign = ALGORITHM + "\n" + time.getEpochSecond() + "\n" + today.scope() + "\n"
                + Digests.sha256Hex(Digests.utf8(canonical.toString()));
        return ALGORITHM + " Credential=" + key.id() + "/" + today.scope() + ", SignedHeaders=" + names + ", Signature="
                + Digests.hex(today.hmac().of(toSign));
    }

    /** The day of the scope is in UTC, whatever the controller's time zone is. */
    private DayKey dayKey(Instant time) {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        DayKey known = dayKey;
        if (known == null || !known.day().equals(day)) {
            byte[] derived = Digests.utf8("TC3" + key.secret());
            for (String part : List.of(day.toString(), service, TERMINATOR)) {
                derived = new Hmac(HMAC, derived).of(part);
            }
            known = new DayKey(day, day + "/" + service + "/" + TERMINATOR, new Hmac(HMAC, derived));
            dayKey = known;
        }
        return known;
    }
}

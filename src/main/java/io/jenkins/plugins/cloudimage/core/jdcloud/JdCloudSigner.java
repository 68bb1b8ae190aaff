package io.jenkins.plugins.cloudimage.core.jdcloud;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.http.Digests;
import io.jenkins.plugins.cloudimage.core.http.Hmac;
import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import io.jenkins.plugins.cloudimage.core.http.Percent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;

/**
 * JDCLOUD2-HMAC-SHA256, <a href="https://docs.jdcloud.com/cn/common-declaration/api/authorization-rules">JD Cloud's
 * signature</a>. A pure function of key, region, service, request, time and nonce; the key that the algorithm derives for
 * a day is kept, because the derivation costs more than the signature.
 */
public final class JdCloudSigner {
    private static final String ALGORITHM = "JDCLOUD2-HMAC-SHA256";
    private static final String TERMINATOR = "jdcloud2_request";
    private static final String HMAC = "HmacSHA256";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;
    /** What a request to sign is long, as a rule. */
    private static final int USUAL_LENGTH = 256;

    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private final AccessKey key;
    private final String region;
    private final String service;
    /** Replaced as a whole, so that another thread sees a day with its own key or an older pair, never a mixture. */
    private volatile DayKey dayKey;

    private record DayKey(String day, String scope, Hmac hmac) {}

    /**
     * Signs with a key.
     *
     * @param key the key; its session token, if there is one, is sent and signed as it is
     * @param region the region in the path
     * @param service the product, for example {@code vm}
     */
    public JdCloudSigner(AccessKey key, String region, String service) {
        this.key = key;
        this.region = region;
        this.service = service;
    }

    /**
     * Signs a request with all its headers.
     *
     * @param method the HTTP method
     * @param url the address; its path and query are signed percent-encoded, whatever they look like on the wire
     * @param headers the headers to sign beside those of the signature, without {@code Host}
     * @param body the exact body
     * @param time the moment
     * @param nonce a text that is used once
     * @return all headers to send but {@code Host}
     */
    public Map<String, String> sign(
            String method, HttpUrl url, Map<String, String> headers, byte[] body, Instant time, String nonce) {
        Map<String, String> sent = new LinkedHashMap<>(headers);
        String date = DATE.format(time);
        sent.put("x-jdcloud-date", date);
        sent.put("x-jdcloud-nonce", nonce);
        if (key.sessionToken() != null) {
            sent.put("x-jdcloud-security-token", key.sessionToken());
        }
        SortedMap<String, String> signed = new TreeMap<>();
        sent.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
        signed.put("host", HttpCall.hostHeader(url));
        DayKey today = dayKey(date.substring(0, DAY_LENGTH));
        String canonical = canonicalRequest(method, url, signed, body);
        String toSign =
                ALGORITHM + "\n" + date + "\n" + today.scope() + "\n" + Digests.sha256Hex(Digests.utf8(canonical));
        sent.put(
                "Authorization",
                ALGORITHM + " Credential=" + key.id() + "/" + today.scope() + ", SignedHeaders="
                        + String.join(";", signed.keySet()) + ", Signature="
                        + Digests.hex(today.hmac().of(toSign)));
        return sent;
    }

    /** What is hashed and signed; headers by their lower-case names. */
    static String canonicalRequest(String method, HttpUrl url, SortedMap<String, String> headers, byte[] body) {
        StringBuilder canonical = new StringBuilder(USUAL_LENGTH)
                .append(method)
                .append('\n')
                .append(path(url))
                .append('\n')
                .append(query(url))
                .append('\n');
        headers.forEach((name, value) -> canonical
                .append(name)
                .append(':')
                .append(WHITE_SPACE.matcher(value.strip()).replaceAll(" "))
                .append('\n'));
        return canonical
                .append('\n')
                .append(String.join(";", headers.keySet()))
                .append('\n')
                .append(Digests.sha256Hex(body))
                .toString();
    }

    /** The colon of {@code :createImage} is signed as {@code %3A}, although it may stand in a path as it is. */
    private static String path(HttpUrl url) {
        StringBuilder path = new StringBuilder(USUAL_LENGTH);
        url.pathSegments().forEach(segment -> path.append('/').append(Percent.encode(segment)));
        return path.toString();
    }

    /** Sorted by name and then by value; {@code ids.10} comes before {@code ids.2}. */
    private static String query(HttpUrl url) {
        if (url.querySize() == 0) {
            return "";
        }
        return IntStream.range(0, url.querySize())
                .mapToObj(i -> new Parameter(url.queryParameterName(i), url.queryParameterValue(i)))
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    /** A parameter as it is signed: percent-encoded, without a value like with an empty one. */
    private record Parameter(String name, String value) {
        Parameter {
            name = Percent.encode(name);
            value = Percent.encode(value == null ? "" : value);
        }
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

package io.jenkins.plugins.cloudimage.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tencent Cloud's side of its signatures: TC3-HMAC-SHA256 and the older HmacSHA1 and HmacSHA256. It is written from the
 * published descriptions and shares nothing with the plugin's signer; it takes GET and POST, and whatever headers the
 * caller chose to sign.
 */
final class Tc3Check {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d\\d-\\d\\d)/(\\w+)/tc3_request, ?SignedHeaders=([a-z0-9;-]+), "
                    + "?Signature=([0-9a-f]{64})");
    private static final Map<String, String> QUERY_METHODS =
            Map.of("", "HmacSHA1", "HmacSHA1", "HmacSHA1", "HmacSHA256", "HmacSHA256");
    private static final long TOLERANCE_SECONDS = 300;

    private final String secretId;
    private final String secretKey;
    private final String publicHost;

    Tc3Check(String secretId, String secretKey, String publicHost) {
        this.secretId = secretId;
        this.secretKey = secretKey;
        this.publicHost = publicHost;
    }

    /** Returns the error code, or null if all is well. */
    String refusal(Received request, TencentParameters parameters, String token, Instant now) {
        return request.header("Authorization").isEmpty()
                ? olderRefusal(request, parameters, token, now)
                : tc3Refusal(request, parameters, token, now);
    }

    private String tc3Refusal(Received request, TencentParameters parameters, String token, Instant now) {
        Matcher matcher = AUTHORIZATION.matcher(request.header("Authorization"));
        if (!matcher.matches() || !List.of(matcher.group(4).split(";")).containsAll(List.of("content-type", "host"))) {
            return "AuthFailure.InvalidAuthorization";
        }
        if (!matcher.group(1).equals(secretId)) {
            return "AuthFailure.SecretIdNotFound";
        }
        if (!parameters.common("Token").equals(token)) {
            return "AuthFailure.TokenFailure";
        }
        if (!parameters.common("Timestamp").matches("\\d{1,12}")) {
            return "MissingParameter";
        }
        long timestamp = Long.parseLong(parameters.common("Timestamp"));
        if (Math.abs(now.getEpochSecond() - timestamp) > TOLERANCE_SECONDS) {
            return "AuthFailure.SignatureExpire";
        }
        if (!Instant.ofEpochSecond(timestamp).toString().startsWith(matcher.group(2))) {
            return "AuthFailure.SignatureFailure";
        }
        boolean valid = hosts(request, parameters)
                .anyMatch(name -> signature(request, matcher, name, timestamp).equals(matcher.group(5)));
        return valid ? null : "AuthFailure.SignatureFailure";
    }

    /** All parameters are in the query or the form; time and key are among them. */
    private String olderRefusal(Received request, TencentParameters parameters, String token, Instant now) {
        Map<String, String> all = parameters.flat();
        String method = QUERY_METHODS.get(all.getOrDefault("SignatureMethod", ""));
        if (!all.containsKey("Signature") || method == null) {
            return "AuthFailure.SignatureFailure";
        }
        if (!all.getOrDefault("SecretId", "").equals(secretId)) {
            return "AuthFailure.SecretIdNotFound";
        }
        if (!all.getOrDefault("Token", "").equals(token)) {
            return "AuthFailure.TokenFailure";
        }
        String timestamp = all.getOrDefault("Timestamp", "");
        if (!timestamp.matches("\\d{1,12}") || !all.getOrDefault("Nonce", "").matches("\\d{1,19}")) {
            return "MissingParameter";
        }
        if (Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
            return "AuthFailure.SignatureExpire";
        }
        StringBuilder query = new StringBuilder();
        new TreeMap<>(all).forEach((name, value) -> {
            if (!name.equals("Signature")) {
                query.append(query.length() == 0 ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value);
            }
        });
        byte[] key = secretKey.getBytes(StandardCharsets.UTF_8);
        boolean valid = hosts(request, parameters)
                .map(host -> request.method() + host + "/" + query)
                .anyMatch(text -> Base64.getEncoder()
                        .encodeToString(mac(method, key, text))
                        .equals(all.get("Signature")));
        return valid ? null : "AuthFailure.SignatureFailure";
    }

    /**
     * The hosts that a client may sign: the one on the wire, with or without its port; behind a proxy or a tunnel the
     * public one, of the country or of the region.
     */
    private Stream<String> hosts(Received request, TencentParameters parameters) {
        String host = request.header("Host");
        String region = parameters.common("Region");
        return Stream.of(
                host,
                host.replaceFirst(":\\d+$", ""),
                publicHost,
                publicHost.replaceFirst("\\.", "." + Matcher.quoteReplacement(region) + "."));
    }

    private String signature(Received request, Matcher parts, String host, long timestamp) {
        String query = request.uri().getRawQuery();
        StringBuilder canonical = new StringBuilder(request.method())
                .append("\n/\n")
                .append(query == null ? "" : query)
                .append('\n');
        for (String name : parts.group(4).split(";")) {
            String value = name.equals("host") ? host : request.header(name);
            canonical
                    .append(name)
                    .append(':')
                    .append(value.strip().toLowerCase(java.util.Locale.ROOT))
                    .append('\n');
        }
        boolean unsigned = request.header("X-TC-Content-SHA256").equals("UNSIGNED-PAYLOAD");
        byte[] payload = unsigned ? "UNSIGNED-PAYLOAD".getBytes(StandardCharsets.UTF_8) : request.body();
        canonical.append('\n').append(parts.group(4)).append('\n').append(hex(hash(payload)));
        String scope = parts.group(2) + "/" + parts.group(3) + "/tc3_request";
        byte[] key = ("TC3" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = mac("HmacSHA256", key, part);
        }
        byte[] hashed = hash(canonical.toString().getBytes(StandardCharsets.UTF_8));
        return hex(mac("HmacSHA256", key, "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n" + hex(hashed)));
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, "RAW"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }
}

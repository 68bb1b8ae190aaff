package io.jenkins.plugins.cloudimage.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tencent Cloud's side of TC3-HMAC-SHA256. It is written from the published description and shares nothing with the
 * plugin's signer; it takes whatever headers the caller chose to sign.
 */
final class Tc3Check {
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "TC3-HMAC-SHA256 Credential=([^/]+)/(\\d{4}-\\d\\d-\\d\\d)/(\\w+)/tc3_request, SignedHeaders=([a-z0-9;-]+), "
                    + "Signature=([0-9a-f]{64})");
    private static final long TOLERANCE_SECONDS = 300;

    private Tc3Check() {}

    /** Returns the error code, or null if all is well. */
    static String refusal(Received request, String secretId, String secretKey, String token, String host, Instant now) {
        Matcher matcher = AUTHORIZATION.matcher(request.header("Authorization"));
        if (!matcher.matches() || !List.of(matcher.group(4).split(";")).containsAll(List.of("content-type", "host"))) {
            return "AuthFailure.InvalidAuthorization";
        }
        if (!matcher.group(1).equals(secretId)) {
            return "AuthFailure.SecretIdNotFound";
        }
        if (!request.header("X-TC-Token").equals(token)) {
            return "AuthFailure.TokenFailure";
        }
        long timestamp = Long.parseLong(request.header("X-TC-Timestamp"));
        if (Math.abs(now.getEpochSecond() - timestamp) > TOLERANCE_SECONDS) {
            return "AuthFailure.SignatureExpire";
        }
        if (!Instant.ofEpochSecond(timestamp).toString().startsWith(matcher.group(2))) {
            return "AuthFailure.SignatureFailure";
        }
        // A client behind a proxy or a tunnel signs the public host, not the one on the wire.
        boolean valid = List.of(request.header("Host"), host).stream()
                .anyMatch(name ->
                        signature(request, matcher, secretKey, name, timestamp).equals(matcher.group(5)));
        return valid ? null : "AuthFailure.SignatureFailure";
    }

    private static String signature(Received request, Matcher parts, String secretKey, String host, long timestamp) {
        StringBuilder canonical = new StringBuilder("POST\n/\n\n");
        for (String name : parts.group(4).split(";")) {
            String value = name.equals("host") ? host : request.header(name);
            canonical
                    .append(name)
                    .append(':')
                    .append(value.strip().toLowerCase(java.util.Locale.ROOT))
                    .append('\n');
        }
        canonical.append('\n').append(parts.group(4)).append('\n').append(hex(hash(request.body())));
        String scope = parts.group(2) + "/" + parts.group(3) + "/tc3_request";
        byte[] key = ("TC3" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = mac(key, part);
        }
        byte[] hashed = hash(canonical.toString().getBytes(StandardCharsets.UTF_8));
        return hex(mac(key, "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n" + hex(hashed)));
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
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

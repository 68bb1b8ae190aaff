package io.jenkins.plugins.cloudimage.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * JD Cloud's side of JDCLOUD2-HMAC-SHA256. It is written from the published description and shares nothing with the
 * plugin's signer; it takes whatever headers the caller chose to sign, beside those that must be, and a colon in the path
 * in either form.
 */
final class JdCloud2Check {
    private static final Pattern AUTHORIZATION =
            Pattern.compile("JDCLOUD2-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/jdcloud2_request, "
                    + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
    private static final List<String> MUST_BE_SIGNED = List.of("host", "x-jdcloud-date", "x-jdcloud-nonce");
    private static final String TOKEN = "x-jdcloud-security-token";
    /** What the official SDKs sign as the region of a path that has none. */
    private static final Set<String> NO_REGION = Set.of("cn-north-1", "jdcloud-api", "jdcloud");

    private static final Duration TOLERANCE = Duration.ofMinutes(15);
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private JdCloud2Check() {}

    /** The id of the key that signs a request, or the empty text. */
    static String keyId(Received request) {
        Matcher matcher = AUTHORIZATION.matcher(request.header("Authorization"));
        return matcher.matches() ? matcher.group(1) : "";
    }

    /**
     * Returns what is wrong, or null if all is well.
     *
     * @param host the public host, whose first part is the service
     */
    static String refusal(Received request, String keyId, String secret, String token, String host, Instant now) {
        Matcher matcher = AUTHORIZATION.matcher(request.header("Authorization"));
        if (!matcher.matches()) {
            return request.header("Authorization").isEmpty()
                    ? "lack of header authorization"
                    : "lack of credential in the header authorization";
        }
        List<String> signed = List.of(matcher.group(5).split(";"));
        boolean tokenUnsigned = !request.header(TOKEN).isEmpty() && !signed.contains(TOKEN);
        if (!signed.containsAll(MUST_BE_SIGNED)
                || tokenUnsigned
                || request.header("x-jdcloud-nonce").isEmpty()) {
            return "a required header is not signed";
        }
        if (!matcher.group(1).equals(keyId)) {
            return "Invalid accessKey";
        }
        if (!isToken(request.header(TOKEN), token)) {
            return "the security token is invalid";
        }
        String date = request.header("x-jdcloud-date");
        if (!isNear(date, now) || !date.startsWith(matcher.group(2))) {
            return "the request has expired";
        }
        if (!matcher.group(4).equals(host.replaceFirst("\\..*", ""))
                || !isRegion(matcher.group(3), request.uri().getPath())) {
            return "the credential scope is wrong";
        }
        // A client behind a proxy or a tunnel signs the public host, not the one on the wire.
        boolean valid = List.of(request.header("Host"), host).stream()
                .anyMatch(name -> signature(request, matcher, secret, name).equals(matcher.group(6)));
        return valid ? null : "sign result is not same [gw], Authorization: " + request.header("Authorization");
    }

    /** JD Cloud's SDKs for Go, Python and .NET encode the token, those for PHP and Node.js do not. */
    private static boolean isToken(String sent, String token) {
        return sent.equals(token)
                || sent.equals(Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
    }

    /** The region of the scope is that of the path. */
    private static boolean isRegion(String signed, String path) {
        return path.contains("/regions/") ? path.contains("/regions/" + signed + "/") : NO_REGION.contains(signed);
    }

    private static boolean isNear(String date, Instant now) {
        try {
            Instant time = LocalDateTime.parse(date, DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'"))
                    .toInstant(ZoneOffset.UTC);
            return Duration.between(time, now).abs().compareTo(TOLERANCE) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static String signature(Received request, Matcher parts, String secret, String host) {
        List<String> lines = new ArrayList<>(List.of(
                request.method(),
                reencode(request.uri().getRawPath(), "/"),
                query(request.uri().getRawQuery())));
        for (String name : parts.group(5).split(";")) {
            String value = name.equals("host") ? host : request.header(name);
            lines.add(name + ":" + String.join(" ", value.trim().split("\\s+")));
        }
        lines.add("");
        lines.add(parts.group(5));
        lines.add(hex(hash(request.body())));
        String scope = parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4) + "/jdcloud2_request";
        byte[] key = ("JDCLOUD2" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/")) {
            key = mac(key, part);
        }
        String hashed = hex(hash(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        return hex(
                mac(key, String.join("\n", "JDCLOUD2-HMAC-SHA256", request.header("x-jdcloud-date"), scope, hashed)));
    }

    private static String query(String raw) {
        if (raw == null || raw.isEmpty()) {
            return "";
        }
        List<String[]> pairs = new ArrayList<>();
        for (String parameter : raw.split("&")) {
            String[] pair = parameter.split("=", 2);
            pairs.add(new String[] {reencode(pair[0], ""), pair.length < 2 ? "" : reencode(pair[1], "")});
        }
        pairs.sort((a, b) -> a[0].equals(b[0]) ? a[1].compareTo(b[1]) : a[0].compareTo(b[0]));
        return String.join(
                "&", pairs.stream().map(pair -> pair[0] + "=" + pair[1]).toList());
    }

    /** Decodes, and encodes every byte that is not unreserved nor among those to keep. */
    private static String reencode(String raw, String keep) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                decoded.write(Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : decoded.toByteArray()) {
            boolean asIs = b > 0 && (UNRESERVED + keep).indexOf(b) >= 0;
            encoded.append(asIs ? String.valueOf((char) b) : String.format("%%%02X", b));
        }
        return encoded.toString();
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

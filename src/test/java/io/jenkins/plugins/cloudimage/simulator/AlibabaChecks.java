package io.jenkins.plugins.cloudimage.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The clouds' side of Alibaba's three signatures, written from their published descriptions. It shares nothing with the
 * plugin's signers. Each check returns null if all is well.
 */
final class AlibabaChecks {
    /** The parts of the header may come in any order. */
    private static final Pattern ACS3 = Pattern.compile("ACS3-HMAC-SHA256 (?=.*\\bCredential=([^,]+))"
            + "(?=.*\\bSignedHeaders=([a-z0-9;-]+))(?=.*\\bSignature=([0-9a-f]{64})(,|$)).*");

    private static final Pattern ROA = Pattern.compile("acs ([^:]+):(\\S+)");

    private AlibabaChecks() {}

    /** The public gateway's: ACS3 or the older RPC signature, whichever the caller chose. */
    static AlibabaRefusal publicGateway(Received request, AlibabaAccount account, String host, Instant now) {
        boolean newer = request.header("Authorization").startsWith("ACS3");
        AlibabaRefusal refusal = newer ? acs3(request, account, host, now) : rpc(request, account, now);
        if (refusal != null) {
            return refusal;
        }
        String product = host.substring(0, host.indexOf('.'));
        return account.forbidden(keyId(request), product + ":" + AlibabaQuery.action(request));
    }

    /** The id of the key that signed a request to the public gateway. */
    static String keyId(Received request) {
        Matcher acs3 = ACS3.matcher(request.header("Authorization"));
        return acs3.matches() ? acs3.group(1) : AlibabaQuery.parameters(request).getOrDefault("AccessKeyId", "");
    }

    /** RPC, version 1: all parameters, whatever the path. */
    static AlibabaRefusal rpc(Received request, AlibabaAccount account, Instant now) {
        Map<String, String> parameters = AlibabaQuery.parameters(request);
        String signature = parameters.remove("Signature");
        if (signature == null || !parameters.containsKey("Timestamp")) {
            return new AlibabaRefusal(400, "IncompleteSignature", "The request signature does not conform.");
        }
        AlibabaRefusal refusal = account.refusal(
                parameters.getOrDefault("AccessKeyId", ""),
                parameters.getOrDefault("SecurityToken", ""),
                time(DateTimeFormatter.ISO_INSTANT, parameters.get("Timestamp")),
                now);
        if (refusal != null) {
            return refusal;
        }
        String toSign = request.method() + "&%2F&" + AlibabaQuery.encode(AlibabaQuery.canonical(parameters));
        byte[] mac = mac("HmacSHA1", account.secret(parameters.get("AccessKeyId")) + "&", toSign);
        return Base64.getEncoder().encodeToString(mac).equals(signature)
                ? account.replayed(parameters.getOrDefault("SignatureNonce", ""))
                : AlibabaAccount.wrongSignature(toSign);
    }

    /** ACS3: whatever headers the caller chose, as long as those that must be signed are among them. */
    static AlibabaRefusal acs3(Received request, AlibabaAccount account, String host, Instant now) {
        Matcher parts = ACS3.matcher(request.header("Authorization"));
        if (!parts.matches()) {
            return new AlibabaRefusal(400, "IncompleteSignature", "The Authorization header does not conform.");
        }
        AlibabaRefusal refusal = account.refusal(
                parts.group(1),
                request.header("x-acs-security-token"),
                time(DateTimeFormatter.ISO_INSTANT, request.header("x-acs-date")),
                now);
        if (refusal != null) {
            return refusal;
        }
        List<String> signed = List.of(parts.group(2).split(";"));
        TreeSet<String> needed = new TreeSet<>();
        for (String name : request.headers().keySet()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-acs-") || lower.equals("content-type")) {
                needed.add(lower);
            }
        }
        String hash = hex(digest("SHA-256", request.body()));
        if (!signed.containsAll(needed)
                || !request.header("x-acs-content-sha256").equals(hash)) {
            return new AlibabaRefusal(400, "IncompleteSignature", "Not everything is signed that must be: " + needed);
        }
        // A client behind a proxy or a tunnel signs the public host, not the one on the wire.
        String canonical = "";
        for (String name : List.of(request.header("Host"), host)) {
            canonical = acs3Canonical(request, signed, name, hash);
            String toSign = "ACS3-HMAC-SHA256\n" + hex(digest("SHA-256", utf8(canonical)));
            if (hex(mac("HmacSHA256", account.secret(parts.group(1)), toSign)).equals(parts.group(3))) {
                return account.replayed(request.header("x-acs-signature-nonce"));
            }
        }
        return AlibabaAccount.wrongSignature(canonical);
    }

    private static String acs3Canonical(Received request, List<String> signed, String host, String hash) {
        Received queryOnly = new Received(request.method(), request.uri(), new com.sun.net.httpserver.Headers(), null);
        StringBuilder text = new StringBuilder(request.method())
                .append('\n')
                .append(request.uri().getRawPath())
                .append('\n')
                .append(AlibabaQuery.canonical(AlibabaQuery.parameters(queryOnly)))
                .append('\n');
        for (String name : signed) {
            String value = name.equals("host") ? host : request.header(name);
            text.append(name).append(':').append(value.strip()).append('\n');
        }
        return text.append('\n')
                .append(String.join(";", signed))
                .append('\n')
                .append(hash)
                .toString();
    }

    /** ROA, version 1: method, path, headers, and the body by its MD5. */
    static AlibabaRefusal roa(Received request, AlibabaAccount account, Instant now) {
        Matcher parts = ROA.matcher(request.header("Authorization"));
        String md5 = Base64.getEncoder().encodeToString(digest("MD5", request.body()));
        if (!parts.matches() || !request.header("Content-MD5").equals(md5)) {
            return new AlibabaRefusal(400, "IncompleteSignature", "Authorization or Content-MD5 does not conform.");
        }
        Instant date = time(DateTimeFormatter.RFC_1123_DATE_TIME, request.header("Date"));
        AlibabaRefusal refusal = account.refusal(parts.group(1), request.header("x-acs-security-token"), date, now);
        if (refusal != null) {
            return refusal;
        }
        StringBuilder toSign = new StringBuilder(request.method() + "\n" + request.header("Accept") + "\n" + md5 + "\n"
                + request.header("Content-Type") + "\n" + request.header("Date") + "\n");
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        headers.forEach((name, value) -> {
            if (name.startsWith("x-acs-")) {
                toSign.append(name).append(':').append(value).append('\n');
            }
        });
        toSign.append(request.uri().getPath());
        byte[] mac = mac("HmacSHA1", AlibabaAccount.SECRET, toSign.toString());
        return Base64.getEncoder().encodeToString(mac).equals(parts.group(2))
                ? account.replayed(request.header("x-acs-signature-nonce"))
                : AlibabaAccount.wrongSignature(toSign.toString());
    }

    /** A moment, or null if it cannot be read. */
    private static Instant time(DateTimeFormatter format, String text) {
        try {
            return format.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static byte[] mac(String algorithm, String key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(utf8(key), "RAW"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }
}

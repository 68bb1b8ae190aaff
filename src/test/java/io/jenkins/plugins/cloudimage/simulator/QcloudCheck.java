package io.jenkins.plugins.cloudimage.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * QCloud's side of the signatures HmacSHA1 and HmacSHA256. It is written from the published description and shares
 * nothing with the plugin's signer.
 */
final class QcloudCheck {
    private static final long TOLERANCE_SECONDS = 300;
    /** A client behind a proxy or a tunnel signs the public host, not the one on the wire. */
    private static final List<String> HOSTS = List.of("image.api.qcloud.com", "cvm.api.qcloud.com");

    private final Clock clock;
    private final Set<String> nonces = new HashSet<>();

    QcloudCheck(Clock clock) {
        this.clock = clock;
    }

    /** What is wrong with a request. */
    enum Refusal {
        SIGNATURE(4100, "InvalidParameter.SignatureFailure"),
        SECRET_ID(4104, "InvalidParameter.SecretIdNotFound"),
        TOKEN(4105, "InvalidRequest.TokenCheckFailed"),
        REPLAY(4500, "InvalidRequest.ReplayAttack");

        final int code;
        final String word;

        Refusal(int code, String word) {
            this.code = code;
            this.word = word;
        }
    }

    /** Returns null if all is well. */
    synchronized Refusal refusal(
            Received request, Map<String, String> parameters, String secretId, String secretKey, String token) {
        String timestamp = parameters.getOrDefault("Timestamp", "");
        String nonce = parameters.getOrDefault("Nonce", "");
        if (!parameters.getOrDefault("SecretId", "").equals(secretId)) {
            return Refusal.SECRET_ID;
        }
        if (!parameters.getOrDefault("Token", "").equals(token)) {
            return Refusal.TOKEN;
        }
        if (!timestamp.matches("\\d{1,12}")
                || !nonce.matches("\\d{1,19}")
                || !isSigned(request, parameters, secretKey)) {
            return Refusal.SIGNATURE;
        }
        boolean late = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS;
        return late || !nonces.add(timestamp + "/" + nonce) ? Refusal.REPLAY : null;
    }

    private static boolean isSigned(Received request, Map<String, String> parameters, String secretKey) {
        String signature = parameters.getOrDefault("Signature", "");
        String query = query(parameters);
        String algorithm = "HmacSHA256".equals(parameters.get("SignatureMethod")) ? "HmacSHA256" : "HmacSHA1";
        return signature(algorithm, request, request.header("Host"), query, secretKey)
                        .equals(signature)
                || Stream.concat(
                                HOSTS.stream(), Stream.of(request.header("Host").replaceFirst(":\\d+$", "")))
                        .anyMatch(host -> signature(algorithm, request, host, query, secretKey)
                                .equals(signature));
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        for (String name : new TreeSet<>(parameters.keySet())) {
            if (!name.equals("Signature")) {
                query.append(query.length() == 0 ? '?' : '&');
                query.append(name.replace('_', '.')).append('=').append(parameters.get(name));
            }
        }
        return query.toString();
    }

    private static String signature(String algorithm, Received request, String host, String query, String secretKey) {
        String text = request.method() + host + request.uri().getPath() + query;
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secretKey.getBytes(StandardCharsets.UTF_8), "RAW"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

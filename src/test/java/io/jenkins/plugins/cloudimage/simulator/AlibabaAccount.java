package io.jenkins.plugins.cloudimage.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The key of a fake account and what all three signatures of Alibaba's have in common. */
final class AlibabaAccount {
    static final String KEY_ID = "LTAI5tExampleKeyIdOfTest";
    static final String SECRET = "dZ1kyJpqVhxAzL2Dn0YvTq5EXAMPLE";

    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final Set<String> nonces = new HashSet<>();
    private String token = "";

    void requireToken(String sessionToken) {
        token = sessionToken;
    }

    /** What can be said before the signature is looked at; null if nothing. */
    AlibabaRefusal refusal(String keyId, String sessionToken, Instant time, Instant now) {
        if (!keyId.equals(KEY_ID)) {
            return new AlibabaRefusal(
                    404, "InvalidAccessKeyId.NotFound", "Specified access key " + keyId + " is not found.");
        }
        if (Duration.between(time, now).abs().compareTo(TOLERANCE) > 0) {
            return new AlibabaRefusal(
                    400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }
        if (!sessionToken.equals(token)) {
            return sessionToken.isEmpty()
                    ? new AlibabaRefusal(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.")
                    : new AlibabaRefusal(
                            400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
        }
        return null;
    }

    /** The last word, once the signature is known to be right; null if all is well. */
    AlibabaRefusal replayed(String nonce) {
        return !nonce.isEmpty() && nonces.add(nonce)
                ? null
                : new AlibabaRefusal(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }

    /** The real ones explain a wrong signature with all that was signed. */
    static AlibabaRefusal wrongSignature(String toSign) {
        return new AlibabaRefusal(
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:" + toSign);
    }
}

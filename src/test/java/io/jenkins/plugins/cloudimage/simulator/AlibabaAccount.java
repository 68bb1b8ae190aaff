package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The key of a fake account and what all three signatures of Alibaba's have in common. */
final class AlibabaAccount {
    static final String KEY_ID = "LTAI5tExampleKeyIdOfTest";
    static final String SECRET = "dZ1kyJpqVhxAzL2Dn0YvTq5EXAMPLE";

    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    /** It needs no permission. */
    private static final String WHO_AM_I = "sts:GetCallerIdentity";

    private final Set<String> nonces = new HashSet<>();
    private final IssuedKeys issued;
    private boolean root;
    private String token = "";

    AlibabaAccount(Clock clock) {
        this.issued = new IssuedKeys(clock);
    }

    /** Whether the key is the account's own instead of a user's. */
    boolean isRoot() {
        return root;
    }

    void setRoot() {
        root = true;
    }

    /** The temporary keys of the account's role. */
    IssuedKeys issued() {
        return issued;
    }

    /** The secret of a key that {@link #refusal} has let pass. */
    String secret(String keyId) {
        return keyId.equals(KEY_ID) ? SECRET : issued.find(keyId).secret();
    }

    /** Whether the session policy of a temporary key rules an action out; null if it does not. */
    AlibabaRefusal forbidden(String keyId, String action) {
        IssuedKeys.Key key = issued.find(keyId);
        return key == null || key.allows(action) || action.equals(WHO_AM_I)
                ? null
                : new AlibabaRefusal(403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
    }

    void requireToken(String sessionToken) {
        token = sessionToken;
    }

    /** What can be said before the signature is looked at; null if nothing. A null time could not be read. */
    AlibabaRefusal refusal(String keyId, String sessionToken, Instant time, Instant now) {
        IssuedKeys.Key temporary = issued.find(keyId);
        if (!keyId.equals(KEY_ID) && temporary == null) {
            return new AlibabaRefusal(
                    404, "InvalidAccessKeyId.NotFound", "Specified access key " + keyId + " is not found.");
        }
        if (time == null) {
            return new AlibabaRefusal(
                    400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        }
        if (Duration.between(time, now).abs().compareTo(TOLERANCE) > 0) {
            return new AlibabaRefusal(
                    400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }
        if (temporary != null && sessionToken.equals(temporary.token())) {
            return issued.isExpired(temporary)
                    ? new AlibabaRefusal(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.")
                    : null;
        }
        if (temporary != null || !sessionToken.equals(token)) {
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

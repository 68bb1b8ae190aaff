package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.regex.Pattern;

/**
 * The key pair that signs requests, with the session token of temporary keys. It lives in memory while it is used and
 * is never written anywhere: {@link #toString()} shows neither secret nor token.
 *
 * @param id the public half (SecretId, AccessKeyId), without surrounding white space
 * @param secret the private half, without surrounding white space
 * @param sessionToken the token that belongs to temporary keys, or null
 */
public record AccessKey(
        String id, String secret, @CheckForNull String sessionToken) {
    /**
     * Keys go into headers, which take printable ASCII and spaces only, and the HTTP library quotes a refused value in
     * its error. A space is allowed, because JD Cloud publishes a test vector whose key contains one.
     */
    private static final Pattern ODD = Pattern.compile("[^ -~]");

    /**
     * Trims the parts, because pasted white space is the most common cause of a refused signature.
     *
     * @throws IllegalArgumentException if a part is empty or contains anything but printable ASCII characters and
     *     spaces; the message names the part and never its value
     */
    public AccessKey {
        id = clean(Messages.AccessKey_id(), id);
        secret = clean(Messages.AccessKey_secret(), secret);
        sessionToken = sessionToken == null || sessionToken.isBlank()
                ? null
                : clean(Messages.AccessKey_sessionToken(), sessionToken);
    }

    private static String clean(String part, String value) {
        String trimmed = value == null ? "" : value.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException(Messages.AccessKey_empty(part));
        }
        if (ODD.matcher(trimmed).find()) {
            throw new IllegalArgumentException(Messages.AccessKey_odd(part));
        }
        return trimmed;
    }

    @Override
    public String toString() {
        return "AccessKey[id=****]";
    }
}

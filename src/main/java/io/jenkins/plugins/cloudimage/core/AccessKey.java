package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.regex.Pattern;

/**
 * The key pair that signs requests, with the session token of temporary keys. It lives in memory while it is used and
 * is never written anywhere: {@link #toString()} shows neither secret nor token.
 *
 * @param id the public half (SecretId, AccessKeyId), surrounding white space removed
 * @param secret the private half, surrounding white space removed
 * @param sessionToken the token that belongs to temporary keys, or null
 */
public record AccessKey(
        String id, String secret, @CheckForNull String sessionToken) {
    /**
     * Keys go into headers, which take printable ASCII and spaces only: the HTTP library's refusal would quote the value. JD
     * Cloud publishes a signature by a key with a space in it.
     */
    private static final Pattern ODD = Pattern.compile("[^ -~]");

    /**
     * Trims the parts, because pasted white space is the commonest cause of a signature that the cloud refuses.
     *
     * @throws IllegalArgumentException if a part is empty or still has anything but printable ASCII characters and spaces
     *     inside; the message names the part and never its value
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

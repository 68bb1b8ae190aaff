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
 * @param session what is known of a role's temporary key, or null for a key that is used as it is stored
 */
public record AccessKey(
        String id,
        String secret,
        @CheckForNull String sessionToken,
        @CheckForNull RoleSession session) implements RoleCaller {
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

    /** A key that is used as it is stored. */
    public AccessKey(String id, String secret, @CheckForNull String sessionToken) {
        this(id, secret, sessionToken, null);
    }

    /** The same key, known to be a role's. */
    public AccessKey of(RoleSession role) {
        return new AccessKey(id, secret, sessionToken, role);
    }

    /**
     * The account by which reservations are counted, records are known again and images are grouped. Its hash is stored, so it
     * stays the same when a role's key is renewed and when Jenkins restarts, and no service has to be asked for it: if it
     * depended on one that is out of reach at times, a creation would refuse its own key, and retention would miss images.
     *
     * @return {@link #ofRole} for a role's key, otherwise the id of the key
     */
    public String account() {
        return session == null ? id : ofRole(session.account());
    }

    /**
     * The account by which calls are limited, for as long as the process lives. Tencent Cloud's metadata service names an
     * account otherwise than its roles do; where the account's id is known, both kinds of roles share the account's limits.
     */
    public String limitedAs() {
        return session == null ? id : ofRole(session.owner());
    }

    /** An account as {@link #account()} names it for its roles. No id of a key has a line break, so none can pass for it. */
    public static String ofRole(String accountId) {
        return "account\n" + accountId;
    }

    /**
     * What stays the same when a role's key is renewed. Two keys of one account are different holders, because one of
     * them may be refused what the other one may do.
     */
    Object holder() {
        return session == null ? this : session.grant().holder();
    }

    /** Whether the other key is a role's earlier one, which this one replaces. */
    public boolean isNewerThan(AccessKey other) {
        return session != null && other.session != null && session.number() > other.session.number();
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

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A role that a key assumes, as a credential stores it. It never comes from a job: whoever names the role decides what
 * the key can be used for.
 *
 * @param name the role's whole name at the cloud, with the account, for example {@code
 *     acs:ram::100000000001:role/image-builder}
 * @param externalId the external id that the role's trust policy requires, or null
 * @param policy a policy in JSON, in the cloud's own format, that restricts the temporary keys further; null for one
 *     that allows the calls of this plugin only
 * @param duration how long a temporary key is valid, 15 minutes to 12 hours
 * @param session the name of the session, under which the cloud's audit log shows the calls
 */
public record CloudRole(
        String name,
        @CheckForNull String externalId,
        @CheckForNull String policy,
        Duration duration,
        String session) {
    /** The shortest validity of a temporary key, in seconds. */
    public static final int MIN_SECONDS = 900;

    /** The longest validity of a temporary key, in seconds. */
    public static final int MAX_SECONDS = 43_200;

    /** The validity that every cloud grants unless the role says otherwise, in seconds. */
    public static final int DEFAULT_SECONDS = 3600;

    private static final int MAX_POLICY = 2048;
    private static final int MAX_SESSION = 32;
    private static final Pattern NAME = Pattern.compile("[\\w:/.@+=,-]{1,512}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern OBJECT = Pattern.compile("(?s)\\{.*}");

    /**
     * Trims the texts and checks what is the same for all clouds.
     *
     * @throws IllegalArgumentException if a part breaks a rule; the message names the part and the rule
     */
    public CloudRole {
        name = name == null ? "" : name.strip();
        externalId = clean(externalId);
        policy = clean(policy);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Messages.CloudRole_name());
        }
        if (externalId != null && !EXTERNAL_ID.matcher(externalId).matches()) {
            throw new IllegalArgumentException(Messages.CloudRole_externalId());
        }
        if (policy != null
                && (policy.length() > MAX_POLICY || !OBJECT.matcher(policy).matches())) {
            throw new IllegalArgumentException(Messages.CloudRole_policy(MAX_POLICY));
        }
        if (duration.toSeconds() < MIN_SECONDS || duration.toSeconds() > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    Messages.CloudRole_duration(duration.toSeconds(), MIN_SECONDS, MAX_SECONDS));
        }
        session = session(session);
    }

    @CheckForNull
    private static String clean(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** All clouds accept these characters and this length. */
    private static String session(String text) {
        String allowed = text.replaceAll("[^A-Za-z0-9.@_-]", "-");
        String padded = allowed.length() < 2 ? allowed + "--" : allowed;
        return padded.substring(0, Math.min(MAX_SESSION, padded.length()));
    }
}

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The role of the instance on which this process runs, as a credential stores it. It never comes from a job, and
 * an empty key does not stand for it.
 *
 * @param cloud whose instance it is
 * @param name the role's name, without account; null for the one that the instance has
 * @param normalMode whether Alibaba Cloud's metadata service is asked in normal mode, without a token; any request that can be
 *     forged reaches it then
 */
public record InstanceRole(Platform cloud, @CheckForNull String name, boolean normalMode) implements TokenGrant {
    /** It becomes part of an address, so it does not begin with a period. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_+=,.@-]{0,127}");

    /** The clouds whose instances have such roles. The names are those in credentials as code. */
    public enum Platform {
        /** Alibaba Cloud. */
        ALIBABA,
        /** Tencent Cloud. */
        TENCENT;

        /** The cloud's id in a credential. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Finds a cloud.
         *
         * @throws IllegalArgumentException if there is none; the message names the field and those that there are
         */
        public static Platform of(@CheckForNull String id) {
            for (Platform platform : values()) {
                if (platform.id().equals(id)) {
                    return platform;
                }
            }
            throw new IllegalArgumentException(Messages.InstanceRole_cloud(id == null ? "" : id));
        }

        /** The cloud's name, in the reader's language. */
        public String displayName() {
            return this == ALIBABA ? Messages.InstanceRole_alibaba() : Messages.InstanceRole_tencent();
        }
    }

    /**
     * Trims the name.
     *
     * @throws IllegalArgumentException if it is no name of a role; the message names the field and the rule
     */
    public InstanceRole {
        name = name == null || name.isBlank() ? null : name.strip();
        if (name != null && !isName(name)) {
            throw new IllegalArgumentException(Messages.InstanceRole_name());
        }
    }

    /** Whether a text is the name of a role. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String roleName() {
        return name == null ? Messages.InstanceRole_own(cloud.displayName()) : name;
    }
}

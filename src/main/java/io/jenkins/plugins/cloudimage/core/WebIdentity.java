package io.jenkins.plugins.cloudimage.core;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A caller whom an OpenID Connect provider knows. It has no key: a token of the provider proves who it is.
 *
 * <p>Equal callers share their temporary keys, and the tokens do not count: each one differs from all others, and nobody
 * but the cloud can verify what it says. So the holder must tell everyone apart who may get a token of his own.
 *
 * @param provider the provider's name at the cloud
 * @param holder to whom the tokens are issued: the credential they come from, and the build in which it was looked up
 * @param tokens gives the present token
 */
public record WebIdentity(String provider, String holder, Tokens tokens) implements RoleCaller {
    private static final Pattern PROVIDER = Pattern.compile("[\\w:/.@+=,-]{1,512}");

    /** Gives tokens. They are valid for minutes, so one is asked for just before it is used, and never kept. */
    @FunctionalInterface
    public interface Tokens {
        /**
         * @throws CloudException if there is no token now
         */
        String token() throws CloudException;
    }

    /**
     * Trims the provider's name and checks what is the same for all clouds.
     *
     * @throws IllegalArgumentException if it breaks a rule; the message names the rule
     */
    public WebIdentity {
        provider = provider == null ? "" : provider.strip();
        if (!PROVIDER.matcher(provider).matches()) {
            throw new IllegalArgumentException(Messages.WebIdentity_provider());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebIdentity that && provider.equals(that.provider) && holder.equals(that.holder);
    }

    @Override
    public int hashCode() {
        return Objects.hash(provider, holder);
    }

    @Override
    public String toString() {
        return "WebIdentity[provider=" + provider + "]";
    }
}

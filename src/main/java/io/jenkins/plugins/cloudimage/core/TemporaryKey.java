package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * A temporary key as a security token service gives it.
 *
 * @param lifetime how long it is valid, by the cloud's clock
 */
public record TemporaryKey(AccessKey key, Duration lifetime) {

    /**
     * Makes the key from a response, whose text never becomes part of an error.
     *
     * @param lifetime how long it is valid, or null if the response does not say so
     * @throws CloudException of kind {@link ErrorKind#UNAVAILABLE} if a part is missing or cannot be sent
     */
    public static TemporaryKey of(
            @CheckForNull String id,
            @CheckForNull String secret,
            @CheckForNull String token,
            @CheckForNull Duration lifetime)
            throws CloudException {
        if (id == null || secret == null || token == null || lifetime == null || lifetime.isNegative()) {
            throw incomplete();
        }
        try {
            return new TemporaryKey(new AccessKey(id, secret, token), lifetime);
        } catch (IllegalArgumentException e) {
            // A part with a line break, for example. Something else than the service has answered.
            throw incomplete();
        }
    }

    private static CloudException incomplete() {
        return CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                .message(Messages.TemporaryKey_incomplete())
                .advice(Messages.TemporaryKey_wrongService())
                .exception();
    }
}

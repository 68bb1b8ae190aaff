package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One image in the making, from the plan to the outcome: all that another process needs to go on. It holds no key, no
 * client and nothing of Jenkins.
 *
 * @param key names the record, a UUID
 * @param origin who wants the image
 * @param request what is wanted
 * @param token the idempotency token, the same for every attempt
 * @param started when it was planned
 * @param deadline when the wait ends
 * @param progress how far it has come
 */
public record Creation(
        String key,
        Origin origin,
        ImageRequest request,
        String token,
        Instant started,
        Instant deadline,
        Progress progress) {

    /** Makes sure that a record from a file has all that the engine relies on. */
    public Creation {
        UUID.fromString(key);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(request);
        Objects.requireNonNull(token);
        Objects.requireNonNull(started);
        Objects.requireNonNull(deadline);
        Objects.requireNonNull(progress.phase());
    }

    /**
     * Plans a creation. Nothing is saved or sent.
     *
     * @param origin who wants the image
     * @param request what is wanted
     * @param now the present moment
     * @param timeout how long to wait for the image
     * @return a creation in the phase {@link Phase#PLANNED}
     */
    public static Creation plan(Origin origin, ImageRequest request, Instant now, Duration timeout) {
        return new Creation(
                UUID.randomUUID().toString(),
                origin,
                request,
                UUID.randomUUID().toString(),
                now,
                now.plus(timeout),
                Progress.PLANNED);
    }

    /**
     * The phase.
     *
     * @return how far it has come
     */
    public Phase phase() {
        return progress.phase();
    }

    /**
     * Whether it has ended.
     *
     * @return true in the last phase
     */
    public boolean done() {
        return progress.phase() == Phase.DONE;
    }

    Creation with(Progress next) {
        return new Creation(key, origin, request, token, started, deadline, next);
    }
}

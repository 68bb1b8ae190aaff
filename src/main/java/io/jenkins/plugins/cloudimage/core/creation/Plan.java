package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Mark;
import java.time.Instant;
import java.util.Objects;

/**
 * What was decided before the first call and never changes, but for the name of the build when its job is renamed.
 *
 * @param token the idempotency token, the same for every attempt
 * @param mark proves that an image is this creation's
 * @param started when it was planned, by the controller's clock
 * @param deadline when the wait for the image ends, by the controller's clock
 */
public record Plan(BuildReference build, Options options, String token, Mark mark, Instant started, Instant deadline) {

    /** Refuses a record from a file in which something is missing. */
    public Plan {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(deadline, "deadline");
        options = options == null ? Options.DEFAULTS : options;
    }
}

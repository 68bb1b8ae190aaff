package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Mark;
import java.time.Instant;
import java.util.Objects;

/**
 * What is decided before the first call and does not change, except the build's name when its job is renamed.
 *
 * @param token the idempotency token, identical for every attempt
 * @param mark proves that an image belongs to this creation
 * @param started when it was planned, by the controller's clock
 * @param deadline when the wait for the image ends, by the controller's clock
 * @param deletion the image to delete, or null if the record is about a new image
 * @param copies the copies that are wanted of the image
 * @param source the key of the creation whose image is copied, or null if this is no copy
 */
public record Plan(
        BuildReference build,
        Options options,
        String token,
        Mark mark,
        Instant started,
        Instant deadline,
        @Nullable Deletion deletion,
        CopyPlan copies,
        @Nullable String source) {

    /** Rejects a stored record in which something is missing. */
    public Plan {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(deadline, "deadline");
        copies = copies == null ? CopyPlan.NONE : copies;
        options = options == null ? Options.DEFAULTS : options;
    }

    /** The plan of a new image without copies. */
    public Plan(BuildReference build, Options options, String token, Mark mark, Instant started, Instant deadline) {
        this(build, options, token, mark, started, deadline, null, CopyPlan.NONE, null);
    }

    Plan builtBy(BuildReference other) {
        return new Plan(other, options, token, mark, started, deadline, deletion, copies, source);
    }
}

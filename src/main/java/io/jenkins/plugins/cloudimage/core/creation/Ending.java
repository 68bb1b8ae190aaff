package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a creation ended. It never changes.
 *
 * @param error why there is no usable image, or null
 * @param at when it ended, by the controller's clock
 * @param checks what a dry run has checked; empty otherwise
 */
public record Ending(Outcome outcome, @Nullable CloudError error, Instant at, List<DryRunCheck> checks) {

    /** Rejects a stored record without an outcome. */
    public Ending {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
        checks = checks == null ? List.of() : List.copyOf(checks);
    }

    /** The end of what is no dry run. */
    public Ending(Outcome outcome, @Nullable CloudError error, Instant at) {
        this(outcome, error, at, List.of());
    }
}

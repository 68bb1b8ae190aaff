package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import java.time.Instant;
import java.util.Objects;

/**
 * How a creation ended. It never changes.
 *
 * @param error why there is no usable image, or null
 * @param at when it ended, by the controller's clock
 */
public record Ending(Outcome outcome, @Nullable CloudError error, Instant at) {

    /** Rejects a stored record without an outcome. */
    public Ending {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(at, "at");
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.PowerState;
import java.util.Objects;

/**
 * What was found and done at the source instance before its image was made.
 *
 * @param found its power state before anything was done
 * @param stopping whether this creation has stopped it or was about to; once true, this creation may start it again
 */
public record SourceInstance(PowerState found, boolean stopping) {

    /** Rejects a stored record without a power state. */
    public SourceInstance {
        Objects.requireNonNull(found, "found");
    }
}

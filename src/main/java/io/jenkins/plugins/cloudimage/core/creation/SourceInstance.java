package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.PowerState;
import java.util.Objects;

/**
 * What was found and done at the source instance before its image was made.
 *
 * @param found its power state before anything was done
 * @param stopping whether this creation was about to stop it; once true, it is ours to start again
 */
public record SourceInstance(PowerState found, boolean stopping) {

    /** Refuses a record from a file that says nothing. */
    public SourceInstance {
        Objects.requireNonNull(found, "found");
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.PowerState;
import java.time.Instant;
import java.util.Objects;

/**
 * What was found and done at the source machine before its image was made.
 *
 * @param found its power state before anything was done
 * @param stopped when we were last about to shut it down, or null if we never were; once set, it is ours to start again
 * @param asked whether the cloud has accepted that
 */
public record Machine(PowerState found, @CheckForNull Instant stopped, boolean asked) {

    /** Makes sure that a record from a file has all that the engine relies on. */
    public Machine {
        Objects.requireNonNull(found);
    }
}

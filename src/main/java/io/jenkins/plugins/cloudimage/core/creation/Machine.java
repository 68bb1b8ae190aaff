package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.PowerState;
import java.time.Instant;
import java.util.Objects;

/**
 * What was found and done at the source machine before its image was made.
 *
 * @param found its power state before anything was done
 * @param stopped when we were about to shut it down, or null if we never were; if so, it is ours to start again
 */
public record Machine(PowerState found, @CheckForNull Instant stopped) {

    /** Makes sure that a record from a file has all that the engine relies on. */
    public Machine {
        Objects.requireNonNull(found);
    }
}

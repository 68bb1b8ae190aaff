package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.Objects;

/**
 * Work that remains after the outcome is known.
 *
 * @param error why the last attempt failed or why a person has to decide, or null
 */
public record CleanupTask(Kind kind, State state, @Nullable CloudError error) {

    /** Rejects a stored record that does not say what to do. */
    public CleanupTask {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(state, "state");
    }

    public enum Kind {
        /** Start the instance that this creation stopped. */
        START_INSTANCE,
        /** Find the image that a create call may have made, whose id is unknown. */
        FIND_IMAGE,
        /** Wait for the image of a build that is gone; delete it if it fails, and keep it if it becomes ready. */
        FINISH_IMAGE,
        /** Delete the image. */
        DELETE_IMAGE,
        /** Delete the snapshots that remain after the image is deleted. */
        DELETE_SNAPSHOTS,
        /** Retire earlier images of the job. */
        RETIRE_OLDER
    }

    public enum State {
        /** It is tried until it is done. */
        OPEN,
        /** It is done, or there was nothing to do. */
        DONE,
        /** A person has to decide; the error says why. */
        NEEDS_PERSON
    }

    static CleanupTask open(Kind kind) {
        return new CleanupTask(kind, State.OPEN, null);
    }

    CleanupTask essence() {
        return new CleanupTask(kind, state, null);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether it goes on by itself once somebody has put the right key back. */
    boolean needsKey() {
        return isOpen() && error != null && error.kind() == ErrorKind.AUTHENTICATION;
    }

    CleanupTask done() {
        return new CleanupTask(kind, State.DONE, null);
    }

    CleanupTask failed(@Nullable CloudError cause) {
        return new CleanupTask(kind, State.OPEN, cause);
    }

    CleanupTask needsPerson(CloudError cause) {
        return new CleanupTask(kind, State.NEEDS_PERSON, cause);
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.util.Objects;

/**
 * Something that is left to do after the outcome is known.
 *
 * @param kind what is to be done
 * @param state how far it is
 * @param error why the last attempt failed or why a person has to decide, or null
 */
public record CleanupTask(Kind kind, State state, @Nullable CloudError error) {

    /** Refuses a record from a file that does not say what is to be done. */
    public CleanupTask {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(state, "state");
    }

    /** What is to be done. */
    public enum Kind {
        /** The instance that this creation stopped is to run again. */
        START_INSTANCE,
        /** A create call may have made an image whose id is unknown. */
        FIND_IMAGE,
        /** Nobody waits for the image any more; it is deleted if it fails, and kept if it becomes ready. */
        FINISH_IMAGE,
        /** The image is to be deleted. */
        DELETE_IMAGE,
        /** The snapshots that the image leaves are to be deleted after it. */
        DELETE_SNAPSHOTS
    }

    /** How far a task is. */
    public enum State {
        /** It is tried again and again. */
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

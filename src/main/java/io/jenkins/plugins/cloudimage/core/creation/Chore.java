package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import java.util.Objects;

/**
 * Something that is to be put right after the outcome is known.
 *
 * @param task what is to be done
 * @param state whether it was
 * @param error what it waits out or why it was given up, or null
 */
public record Chore(Task task, State state, @CheckForNull CloudError error) {

    /** Makes sure that a record from a file has all that the engine relies on. */
    public Chore {
        Objects.requireNonNull(task);
        Objects.requireNonNull(state);
    }

    /** What is to be done. */
    public enum Task {
        /** The machine that was shut down for the image is to be started again. */
        START_MACHINE,
        /** An image may exist whose id is unknown; it is looked for by its name. */
        FIND_IMAGE,
        /** The incomplete image is to be deleted. */
        DELETE_IMAGE,
        /** What the image leaves is to be deleted after it. */
        DELETE_SNAPSHOTS
    }

    /** How far it is. */
    public enum State {
        /** It is tried again and again. */
        OPEN,
        /** It was done, or there was nothing to do. */
        DONE,
        /** A person has to do it; the error says why. */
        GIVEN_UP
    }

    static Chore open(Task task) {
        return new Chore(task, State.OPEN, null);
    }

    boolean open() {
        return state == State.OPEN;
    }

    Chore done() {
        return new Chore(task, State.DONE, null);
    }

    Chore waits(@CheckForNull CloudError cause) {
        return new Chore(task, State.OPEN, cause);
    }

    Chore givenUp(CloudError cause) {
        return new Chore(task, State.GIVEN_UP, cause);
    }
}

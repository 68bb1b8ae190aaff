package io.jenkins.plugins.cloudimage.core.simulation;

import java.time.Duration;

/**
 * Something that happens in a world from outside the engine.
 *
 * @param at when, in seconds after the beginning
 * @param kind what
 * @param target the number of the controller or account that it happens to
 * @param choice which of several
 * @param seconds how long, or by how much
 */
record Event(long at, Kind kind, int target, int choice, long seconds) {
    /** What can happen. */
    enum Kind {
        /** A build starts its step; the choice is its number, from which all else of it follows. */
        BUILD,
        /** Somebody aborts the build of that number. */
        ABORT,
        /** The build of that number is deleted with its job. */
        GONE,
        /** The controller is killed and comes back after that time. */
        KILL,
        /** The controller is killed when it comes to a certain point. */
        KILL_AT,
        /** The controller is killed, and its power is lost with it. */
        POWER_LOSS,
        /** A second controller begins with a copy of the disk. */
        COPY,
        /** The disk is backed up. */
        BACKUP,
        /** The controller is killed and comes back with the last backup. */
        RESTORE,
        /** The controller's clock is set. */
        CLOCK,
        /** A person makes an image of a name that builds use. */
        HUMAN_CREATE,
        /** A person deletes an image. */
        HUMAN_DELETE,
        /** A person gives an image a name that builds use. */
        HUMAN_RENAME,
        /** Lists are as they were. */
        STALE,
        /** Every other list lacks images. */
        FLAP,
        /** New images are listed late. */
        LATE,
        /** Images are listed twice. */
        TWICE,
        /** The next instance that is started falls back to stopped. */
        FALL_BACK,
        /** Calls to an account go wrong. */
        CALLS,
        /** Saves go wrong. */
        SAVES,
        /** Look-ups of keys go wrong. */
        KEYS,
        /** Tasks of the scheduler are lost. */
        TASKS,
        /** Listeners go wrong. */
        LISTENERS,
        /** The build of that number is aborted when its image is shared for the first time. */
        ABORT_SHARED,
        /** A build begins to delete an image of the account; the choice is its number, from which all else of it follows. */
        RETIRE,
        /** An instance comes to use an image, or no longer does. */
        BOOT,
        /** When an image is shared next, the controller is killed as soon as it comes to a certain point. */
        KILL_SHARED
    }

    @Override
    public String toString() {
        Duration time = Duration.ofSeconds(at);
        String where = "%d:%02d:%02d %-12s target %d choice %d seconds %d";
        return String.format(
                where, time.toHours(), time.toMinutesPart(), time.toSecondsPart(), kind, target, choice, seconds);
    }
}

package io.jenkins.plugins.cloudimage.core;

/** What went wrong, in words that mean the same for every cloud. Scripts may rely on these names. */
public enum ErrorKind {
    /** The cloud or we refuse the parameters. */
    INVALID_REQUEST,
    /** The key is unknown, wrong, disabled or expired. */
    AUTHENTICATION,
    /** The key is right but may not do this. */
    PERMISSION,
    /** The machine, disk, snapshot or image does not exist. */
    NOT_FOUND,
    /** Another image bears the name. */
    NAME_TAKEN,
    /** A quota is used up or the account lacks money. */
    QUOTA,
    /** The machine or a disk is in another operation and will leave it. */
    BUSY,
    /** Too many calls. */
    THROTTLED,
    /** The controller's clock differs too much from the cloud's. */
    CLOCK_SKEW,
    /** The cloud could not be reached, has an internal failure, or something else answered in its place. */
    UNAVAILABLE,
    /** The image went into a state from which it never becomes usable. */
    FAILED_IMAGE,
    /** The cloud answered with an error code that is not documented, or its answer leaves the outcome open. */
    UNKNOWN_ANSWER;

    /** Whether the same call can succeed later with nothing changed. */
    public boolean passes() {
        return this == BUSY || this == THROTTLED || this == UNAVAILABLE || this == UNKNOWN_ANSWER;
    }
}

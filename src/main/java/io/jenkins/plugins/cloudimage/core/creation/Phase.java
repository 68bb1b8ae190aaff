package io.jenkins.plugins.cloudimage.core.creation;

/** How far a creation is. Each phase is on disk before the call that it stands for. */
public enum Phase {
    /** Nothing was sent that changes anything. */
    PLANNED,
    /** The source instance is looked at and, if the user wants that, stopped. */
    PREPARING,
    /** A create call leaves, has left, or its outcome is unknown. */
    SUBMITTING,
    /** The cloud accepted the create call and named no id; the image is looked for. */
    LOCATING,
    /** The image has an id and is being made. */
    BUILDING,
    /** The outcome is known, and cleanup tasks are open. */
    CLEANING_UP,
    /** Nothing is left to do. */
    DONE
}

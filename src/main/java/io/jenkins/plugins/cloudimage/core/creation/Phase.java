package io.jenkins.plugins.cloudimage.core.creation;

/** How far a creation has come. Each phase is saved before the outward call that it stands for. */
public enum Phase {
    /** Nothing was sent that changes anything. */
    PLANNED,
    /** A create may have left. */
    SUBMITTING,
    /** The cloud accepted the create and named no id; the image is looked for by its name. */
    LOCATING,
    /** The image has an id and is being made. */
    BUILDING,
    /** The outcome is known. */
    DONE
}

package io.jenkins.plugins.cloudimage.core.creation;

/** How far a creation has come. Each phase is saved before the outward call that it stands for. */
public enum Phase {
    /** Nothing was sent that changes anything. */
    PLANNED,
    /** The machine is looked at and, if that is wanted, shut down. */
    PREPARING,
    /** A create may have left. */
    SUBMITTING,
    /** The cloud accepted the create and named no id; the image is looked for by its name. */
    LOCATING,
    /** The image has an id and is being made. */
    BUILDING,
    /** The outcome is known; the machine is started again and what is left over is cleared away. */
    RESTORING,
    /** Nothing is left to do. */
    DONE
}

package io.jenkins.plugins.cloudimage.core.creation;

/** The phase of a creation. It is on disk before the calls of the phase are sent. */
public enum Phase {
    /** No call that changes anything was sent. */
    PLANNED,
    /** The source instance is looked up and, if the user wants that, stopped. */
    PREPARING,
    /** A create call is about to be sent, was sent, or has an unknown outcome. */
    SUBMITTING,
    /** The cloud accepted the create call but returned no image id; the image is looked for. */
    LOCATING,
    /** The image has an id and is being made. */
    BUILDING,
    /** The image is ready and is being copied to other regions; each copy has a record of its own. */
    COPYING,
    /** The image is ready and is being shared with other accounts. */
    SHARING,
    /** Only for copies: the copy is ready, and its source's creation has not ended. */
    COPIED,
    /** It is looked whose image it is that shall be deleted, and who uses it. Nothing is changed. */
    CHECKING,
    /** The image is being deleted because a build asks for it: its sharing ends, and it is deleted until it is gone. */
    DELETING,
    /** The outcome is known, and cleanup tasks are open. */
    CLEANING_UP,
    /** No task is open. */
    DONE
}

package io.jenkins.plugins.cloudimage.core;

/** The power state of a source instance. */
public enum PowerState {
    RUNNING,
    /** The instance is shut down and nothing writes to its disks. */
    STOPPED,
    /** The instance is changing to another state. */
    CHANGING,
    /**
     * The instance does not leave this state without help: it is being terminated, its launch failed, or the state is
     * unknown.
     */
    OTHER
}

package io.jenkins.plugins.cloudimage.core;

/** The power state of a source machine. */
public enum PowerState {
    /** It runs. */
    RUNNING,
    /** It is shut down and its disks are at rest. */
    STOPPED,
    /** It is on its way to another state; ask again. */
    CHANGING,
    /** It is in a state that no waiting leads out of: being terminated, launch failed, unknown to us. */
    OTHER
}

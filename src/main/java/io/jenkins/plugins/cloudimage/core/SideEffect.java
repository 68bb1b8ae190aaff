package io.jenkins.plugins.cloudimage.core;

/** Whether a failed call may have changed something at the cloud. It alone decides whether a call may be sent again. */
public enum SideEffect {
    /** The cloud did nothing. */
    NONE,
    /** The cloud may have carried out the call. */
    POSSIBLE
}

package io.jenkins.plugins.cloudimage.core;

/** What an image's state means for a build that waits for it. */
public enum ImageState {
    /** Not usable yet. Unknown states count as pending, because clouds add intermediate states. */
    PENDING,
    /** Instances can be started from it. */
    READY,
    /** It never becomes usable. */
    FAILED
}

package io.jenkins.plugins.cloudimage.core;

/** What an image's state at its cloud means for somebody who waits for it. */
public enum ImageState {
    /** Not usable yet; also every state that we do not know, because clouds add intermediate states. */
    PENDING,
    /** Machines can be started from it. */
    READY,
    /** It will never become usable. */
    FAILED
}

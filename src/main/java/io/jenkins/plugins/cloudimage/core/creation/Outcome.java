package io.jenkins.plugins.cloudimage.core.creation;

/** How a creation ended. */
public enum Outcome {
    /** The image can be used. */
    READY,
    /** The cloud checked the request and would carry it out; there is no image. */
    DRY_RUN_PASSED,
    /** There is no usable image; the error says why. */
    FAILED,
    /** The build was aborted. */
    ABORTED,
    /** The image was not usable in time. */
    TIMED_OUT;

    /** Whether an image was wanted and is not usable. */
    boolean incomplete() {
        return this == FAILED || this == ABORTED || this == TIMED_OUT;
    }
}

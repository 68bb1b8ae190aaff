package io.jenkins.plugins.cloudimage.core.creation;

/** How a creation ended. */
public enum Outcome {
    /** The image can be used. */
    READY,
    /** The cloud has checked the request and would accept it; there is no image. */
    DRY_RUN_PASSED,
    /** The image that was to be deleted is gone. */
    DELETED,
    /** There is no usable image, or an image was not deleted; the error says why. */
    FAILED,
    /** The build was aborted. */
    ABORTED,
    /** The image was not usable, or not gone, in time. */
    TIMED_OUT,
    /**
     * The build is gone and was told nothing. This is inferred, so an image is deleted only in a failed state and kept
     * otherwise.
     */
    ABANDONED,
    /** A later build of the job retires the image, which its own build was told to be ready. */
    RETIRED;

    /** Whether an image was wanted and is not delivered. */
    boolean incomplete() {
        return this != READY && this != DRY_RUN_PASSED && this != DELETED;
    }
}

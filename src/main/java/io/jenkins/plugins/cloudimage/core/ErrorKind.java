package io.jenkins.plugins.cloudimage.core;

/** What went wrong, the same for every cloud. Scripts may rely on these names. */
public enum ErrorKind {
    /** The parameters are refused, by the cloud or before they are sent. */
    INVALID_REQUEST,
    /** The key is unknown, wrong, disabled or expired. */
    AUTHENTICATION,
    /** The key is valid but lacks a permission. */
    PERMISSION,
    /** The instance, disk, snapshot or image does not exist. */
    NOT_FOUND,
    /** Another image has the name. */
    NAME_TAKEN,
    /** A quota is exhausted or the account has insufficient balance. */
    QUOTA,
    /** Another operation on the instance or a disk is in progress. */
    BUSY,
    /** The cloud limits the rate of calls. */
    THROTTLED,
    /** The controller's clock differs too much from the cloud's. */
    CLOCK_SKEW,
    /** The cloud cannot be reached, has an internal failure, or something else answered in its place. */
    UNAVAILABLE,
    /** The image is in a state from which it never becomes usable. */
    FAILED_IMAGE,
    /** The cloud's error code is not documented, or its response leaves the outcome open. */
    UNKNOWN_ANSWER;

    /** Whether the same call can succeed later without any change. */
    public boolean isRetryable() {
        return this == BUSY || this == THROTTLED || this == UNAVAILABLE || this == UNKNOWN_ANSWER;
    }
}

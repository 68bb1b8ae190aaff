package io.jenkins.plugins.cloudimage.core.creation;

/**
 * The user's choices besides the image itself.
 *
 * @param stopInstance whether to stop a running instance before the image is made
 * @param startAfterwards whether to start an instance that was stopped for the image, however the creation ends; one
 *     that was stopped before stays stopped
 * @param onIncomplete what happens to an image that is not usable when the creation ends
 * @param ifNameExists what to do if an image with the name exists before anything is sent
 */
public record Options(
        boolean stopInstance, boolean startAfterwards, OnIncomplete onIncomplete, IfNameExists ifNameExists) {

    /** The instance is left alone, an incomplete image is kept, and a taken name is an error. */
    public static final Options DEFAULTS = new Options(false, false, OnIncomplete.KEEP, IfNameExists.FAIL);

    /** Uses the defaults for what a stored record lacks. */
    public Options {
        onIncomplete = onIncomplete == null ? OnIncomplete.KEEP : onIncomplete;
        ifNameExists = ifNameExists == null ? IfNameExists.FAIL : ifNameExists;
    }

    /** What happens to the image of a creation that was aborted, timed out or failed. */
    public enum OnIncomplete {
        /** The image stays in the cloud. */
        KEEP,
        /** The image is deleted, together with its snapshots. */
        DELETE
    }

    /** What to do about a taken name. */
    public enum IfNameExists {
        /** The creation fails. */
        FAIL,
        /** The image with the name is the result; if it is still being made, the creation waits for it. */
        REUSE,
        /** The image gets the first free name of {@code name-2}, {@code name-3} and so on. */
        SUFFIX
    }
}

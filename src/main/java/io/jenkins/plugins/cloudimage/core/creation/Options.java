package io.jenkins.plugins.cloudimage.core.creation;

/**
 * What a user wants beside the image itself.
 *
 * @param stopInstance whether to shut the instance down before the image is made, if it runs
 * @param startAfterwards whether a machine that was shut down for the image is started again, however the creation
 *     ends; one that was found stopped stays stopped
 * @param onIncomplete what becomes of an image that is not usable when the creation ends
 * @param ifNameExists what to do when an image of that name exists before anything was sent
 */
public record Options(
        boolean stopInstance, boolean startAfterwards, OnIncomplete onIncomplete, IfNameExists ifNameExists) {

    /** The machine is left alone, an incomplete image is kept and a taken name is an error. */
    public static final Options DEFAULTS = new Options(false, false, OnIncomplete.KEEP, IfNameExists.FAIL);

    /** Takes the defaults for what a record from a file does not say. */
    public Options {
        onIncomplete = onIncomplete == null ? OnIncomplete.KEEP : onIncomplete;
        ifNameExists = ifNameExists == null ? IfNameExists.FAIL : ifNameExists;
    }

    /** What becomes of the image of a creation that was aborted, timed out or failed. */
    public enum OnIncomplete {
        /** It stays in the cloud. */
        KEEP,
        /** It is deleted, together with its snapshots. */
        DELETE
    }

    /** What a taken name means. */
    public enum IfNameExists {
        /** The creation fails. */
        FAIL,
        /** The image of that name is the result; one that is still being made is waited for. */
        REUSE,
        /** The image is named {@code name-2}, {@code name-3} and so on, whatever is free first. */
        SUFFIX
    }
}

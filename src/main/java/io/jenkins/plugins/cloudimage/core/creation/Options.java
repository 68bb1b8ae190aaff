package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import java.util.List;

/**
 * The user's choices besides the image itself.
 *
 * @param stopInstance whether to stop a running instance before the image is made
 * @param startAfterwards whether to start an instance that was stopped for the image, however the creation ends; one
 *     that was stopped before stays stopped
 * @param onIncomplete what happens to an image that is not usable when the creation ends
 * @param ifNameExists what to do if an image with the name exists before anything is sent
 * @param shareWith the accounts with which the finished image is shared
 * @param dryRun whether to check only what can be checked without changing anything
 * @param retention which older images of the job are retired once this one is finished, or null for none
 */
public record Options(
        boolean stopInstance,
        boolean startAfterwards,
        OnIncomplete onIncomplete,
        IfNameExists ifNameExists,
        List<String> shareWith,
        boolean dryRun,
        @Nullable Retention retention) {

    /** The instance is left alone, an incomplete image is kept, and a taken name is an error. */
    public static final Options DEFAULTS = new Options(false, false, OnIncomplete.KEEP, IfNameExists.FAIL);

    /** Uses the defaults for what a stored record lacks. */
    public Options {
        onIncomplete = onIncomplete == null ? OnIncomplete.KEEP : onIncomplete;
        ifNameExists = ifNameExists == null ? IfNameExists.FAIL : ifNameExists;
        shareWith = shareWith == null ? List.of() : List.copyOf(shareWith);
    }

    /** The image is created and not shared, and no older image is retired. */
    public Options(
            boolean stopInstance, boolean startAfterwards, OnIncomplete onIncomplete, IfNameExists ifNameExists) {
        this(stopInstance, startAfterwards, onIncomplete, ifNameExists, List.of(), false, null);
    }

    /** The same choices, and the image is shared with these accounts. */
    public Options sharedWith(List<String> accounts) {
        return new Options(stopInstance, startAfterwards, onIncomplete, ifNameExists, accounts, dryRun, retention);
    }

    /** The same choices, and nothing is changed at the cloud. */
    public Options onlyChecked() {
        return new Options(stopInstance, startAfterwards, onIncomplete, ifNameExists, shareWith, true, retention);
    }

    /** The same choices, and older images of the job are retired. */
    public Options retiring(@Nullable Retention rule) {
        return new Options(stopInstance, startAfterwards, onIncomplete, ifNameExists, shareWith, dryRun, rule);
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

package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import java.util.Locale;

/** Texts for states and phases. */
final class ImageTexts {
    private ImageTexts() {}

    /** An outcome or phase as REST, manifest and {@link #state(String, String)} call it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Takes the words of {@link ImageEntry}; builds of older versions know no phase. */
    static String state(String state, @CheckForNull String phase) {
        return switch (state) {
            case "ready" -> Messages.ImageTexts_ready();
            case "failed" -> Messages.ImageTexts_failed();
            case "aborted" -> Messages.ImageTexts_aborted();
            case "timed_out" -> Messages.ImageTexts_timedOut();
            case "dry_run_passed" -> Messages.ImageTexts_dryRunPassed();
            case "abandoned" -> Messages.ImageTexts_abandoned();
            case "retired" -> Messages.ImageTexts_retired();
            default -> phase(phase);
        };
    }

    /** The state of a deletion. */
    static String deletion(String state, @CheckForNull String phase) {
        return switch (state) {
            case "deleted" -> Messages.ImageTexts_gone();
            case "failed" -> Messages.ImageTexts_notDeleted();
            case "timed_out" -> Messages.ImageTexts_notDeletedInTime();
            default -> state(state, phase);
        };
    }

    /** What happens in a phase, in words; builds of older versions know none. */
    static String phase(@CheckForNull String phase) {
        return switch (phase == null ? "" : phase) {
            case "planned" -> Messages.ImageTexts_planned();
            case "preparing" -> Messages.ImageTexts_preparing();
            case "submitting" -> Messages.ImageTexts_submitting();
            case "locating" -> Messages.ImageTexts_locating();
            case "copying" -> Messages.ImageTexts_copying();
            case "sharing" -> Messages.ImageTexts_sharing();
            case "checking" -> Messages.ImageTexts_checking();
            case "deleting" -> Messages.ImageTexts_deleting();
            // The second one is that of older builds.
            case "cleaning_up", "restoring" -> Messages.ImageTexts_cleaningUp();
            default -> Messages.ImageTexts_building();
        };
    }

    /** Takes the words of {@link CopyEntry}. */
    static String copyState(String state) {
        return switch (state) {
            case "requested" -> Messages.ImageTexts_copyRequested();
            case "in_doubt" -> Messages.ImageTexts_copyInDoubt();
            case "copying" -> Messages.ImageTexts_copying();
            default -> state(state, null);
        };
    }

    static String icon(String state) {
        return switch (state) {
            case "ready", "dry_run_passed", "deleted" -> "symbol-status-blue";
            case "failed", "timed_out" -> "symbol-status-red";
            case "aborted", "abandoned", "retired" -> "symbol-status-aborted";
            default -> "symbol-status-nobuilt-anime";
        };
    }

    /** The ownership, as in REST and manifest; null for a dry run and a lost image. */
    @CheckForNull
    static String ownership(@CheckForNull ImageStatus image) {
        return image == null ? null : word(image.ownership());
    }

    /** A sentence about an image that is not simply the build's own, or null. */
    @CheckForNull
    static String ownership(@CheckForNull String ownership, boolean deleted) {
        if (deleted) {
            return Messages.ImageTexts_deleted();
        }
        return switch (ownership == null ? "" : ownership) {
            case "reused" -> Messages.ImageTexts_reused();
            case "likely" -> Messages.ImageTexts_likely();
            case "confirmed" -> Messages.ImageTexts_confirmed();
            default -> null;
        };
    }

    /** What went wrong, in a few words. */
    static String error(ErrorKind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> Messages.ImageTexts_invalidRequest();
            case AUTHENTICATION -> Messages.ImageTexts_authentication();
            case PERMISSION -> Messages.ImageTexts_permission();
            case NOT_FOUND -> Messages.ImageTexts_notFound();
            case NAME_TAKEN -> Messages.ImageTexts_nameTaken();
            case QUOTA -> Messages.ImageTexts_quota();
            case BUSY -> Messages.ImageTexts_busy();
            case THROTTLED -> Messages.ImageTexts_throttled();
            case CLOCK_SKEW -> Messages.ImageTexts_clockSkew();
            case UNAVAILABLE -> Messages.ImageTexts_unavailable();
            case FAILED_IMAGE -> Messages.ImageTexts_failedImage();
            case UNKNOWN_ANSWER -> Messages.ImageTexts_unknownAnswer();
        };
    }

    static String task(CleanupTask task, Creation creation) {
        ImageStatus image = creation.image();
        return switch (task.kind()) {
            case START_INSTANCE ->
                Messages.ImageTexts_startInstance(creation.request().instanceId());
            case FIND_IMAGE -> Messages.ImageTexts_findImage(creation.request().imageName());
            case FINISH_IMAGE -> Messages.ImageTexts_finishImage(creation.imageId());
            case DELETE_IMAGE -> Messages.ImageTexts_deleteImage(creation.imageId());
            case RETIRE_OLDER -> Messages.ImageTexts_retireOlder();
            case DELETE_SNAPSHOTS ->
                image == null || image.snapshots().isEmpty()
                        ? Messages.ImageTexts_deleteItsSnapshots(creation.imageId())
                        : Messages.ImageTexts_deleteSnapshots(String.join(", ", image.snapshots()));
        };
    }

    static String state(CleanupTask task) {
        return switch (task.state()) {
            case OPEN -> Messages.ImageTexts_taskOpen();
            case DONE -> Messages.ImageTexts_taskDone();
            case NEEDS_PERSON -> Messages.ImageTexts_taskNeedsPerson();
        };
    }
}

package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import java.util.Locale;

/** Texts for states and phases. */
final class ImageWords {
    private ImageWords() {}

    /** An outcome or phase as REST, manifest and {@link #state(String, String)} call it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Takes the words of {@link ImageEntry}; builds of older versions know no phase. */
    static String state(String state, @CheckForNull String phase) {
        return switch (state) {
            case "ready" -> Messages.ImageWords_ready();
            case "failed" -> Messages.ImageWords_failed();
            case "aborted" -> Messages.ImageWords_aborted();
            case "timed_out" -> Messages.ImageWords_timedOut();
            case "dry_run_passed" -> Messages.ImageWords_dryRunPassed();
            case "abandoned" -> Messages.ImageWords_abandoned();
            default -> phase(phase);
        };
    }

    /** What happens in a phase, in words; builds of older versions know none. */
    static String phase(@CheckForNull String phase) {
        return switch (phase == null ? "" : phase) {
            case "planned" -> Messages.ImageWords_planned();
            case "preparing" -> Messages.ImageWords_preparing();
            case "submitting" -> Messages.ImageWords_submitting();
            case "locating" -> Messages.ImageWords_locating();
            // The second one is that of older builds.
            case "cleaning_up", "restoring" -> Messages.ImageWords_cleaningUp();
            default -> Messages.ImageWords_building();
        };
    }

    static String icon(String state) {
        return switch (state) {
            case "ready", "dry_run_passed" -> "symbol-status-blue";
            case "failed", "timed_out" -> "symbol-status-red";
            case "aborted", "abandoned" -> "symbol-status-aborted";
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
            return Messages.ImageWords_deleted();
        }
        return switch (ownership == null ? "" : ownership) {
            case "reused" -> Messages.ImageWords_reused();
            case "likely" -> Messages.ImageWords_likely();
            case "confirmed" -> Messages.ImageWords_confirmed();
            default -> null;
        };
    }

    /** What went wrong, in a few words. */
    static String error(ErrorKind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> Messages.ImageWords_invalidRequest();
            case AUTHENTICATION -> Messages.ImageWords_authentication();
            case PERMISSION -> Messages.ImageWords_permission();
            case NOT_FOUND -> Messages.ImageWords_notFound();
            case NAME_TAKEN -> Messages.ImageWords_nameTaken();
            case QUOTA -> Messages.ImageWords_quota();
            case BUSY -> Messages.ImageWords_busy();
            case THROTTLED -> Messages.ImageWords_throttled();
            case CLOCK_SKEW -> Messages.ImageWords_clockSkew();
            case UNAVAILABLE -> Messages.ImageWords_unavailable();
            case FAILED_IMAGE -> Messages.ImageWords_failedImage();
            case UNKNOWN_ANSWER -> Messages.ImageWords_unknownAnswer();
        };
    }

    static String task(CleanupTask task, Creation creation) {
        ImageStatus image = creation.image();
        return switch (task.kind()) {
            case START_INSTANCE ->
                Messages.ImageWords_startInstance(creation.request().instanceId());
            case FIND_IMAGE -> Messages.ImageWords_findImage(creation.request().imageName());
            case FINISH_IMAGE -> Messages.ImageWords_finishImage(creation.imageId());
            case DELETE_IMAGE -> Messages.ImageWords_deleteImage(creation.imageId());
            case DELETE_SNAPSHOTS ->
                image == null || image.snapshots().isEmpty()
                        ? Messages.ImageWords_deleteItsSnapshots(creation.imageId())
                        : Messages.ImageWords_deleteSnapshots(String.join(", ", image.snapshots()));
        };
    }

    static String state(CleanupTask task) {
        return switch (task.state()) {
            case OPEN -> Messages.ImageWords_taskOpen();
            case DONE -> Messages.ImageWords_taskDone();
            case NEEDS_PERSON -> Messages.ImageWords_taskNeedsPerson();
        };
    }
}

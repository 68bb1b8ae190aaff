package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.creation.Chore;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.util.Locale;

/** What people read of states and phases. */
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
            default -> phase(phase);
        };
    }

    private static String phase(@CheckForNull String phase) {
        return switch (phase == null ? "" : phase) {
            case "planned" -> Messages.ImageWords_planned();
            case "preparing" -> Messages.ImageWords_preparing();
            case "submitting" -> Messages.ImageWords_submitting();
            case "locating" -> Messages.ImageWords_locating();
            case "restoring" -> Messages.ImageWords_restoring();
            default -> Messages.ImageWords_building();
        };
    }

    static String icon(String state) {
        return switch (state) {
            case "ready", "dry_run_passed" -> "symbol-status-blue";
            case "failed", "timed_out" -> "symbol-status-red";
            case "aborted" -> "symbol-status-aborted";
            default -> "symbol-status-nobuilt-anime";
        };
    }

    static String task(Chore chore, Creation creation) {
        return switch (chore.task()) {
            case START_MACHINE ->
                Messages.ImageWords_startMachine(creation.request().instanceId());
            case FIND_IMAGE -> Messages.ImageWords_findImage(creation.request().imageName());
            case DELETE_IMAGE ->
                Messages.ImageWords_deleteImage(creation.progress().imageId());
            case DELETE_SNAPSHOTS ->
                Messages.ImageWords_deleteSnapshots(
                        String.join(", ", creation.progress().snapshots()));
        };
    }

    static String state(Chore chore) {
        return switch (chore.state()) {
            case OPEN -> Messages.ImageWords_choreOpen();
            case DONE -> Messages.ImageWords_choreDone();
            case GIVEN_UP -> Messages.ImageWords_choreGivenUp();
        };
    }
}

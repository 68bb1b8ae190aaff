package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Progress;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/** Prints a line to the build's log whenever something changed, and nothing in between. */
final class ProgressLog implements CreationEngine.Listener {
    private final TaskListener log;
    private final CloudProvider cloud;
    private Progress last;

    /** Takes what the creation is now as known; after a restart nothing is told twice. */
    ProgressLog(TaskListener log, CloudProvider cloud, Creation known) {
        this.log = log;
        this.cloud = cloud;
        this.last = known.progress();
    }

    @Override
    public void changed(Creation creation) {
        String text = text(creation, creation.progress());
        last = creation.progress();
        if (text != null) {
            log.getLogger().println(Messages.ProgressLog_line(creation.request().imageName(), text));
        }
    }

    private String text(Creation creation, Progress now) {
        if (now.ended() != null) {
            // What is cleared up afterwards is no news of the step.
            return last.ended() == null ? end(creation, now) : null;
        }
        if (now.phase() != last.phase() || !Objects.equals(now.doubtSince(), last.doubtSince())) {
            return phase(creation, now);
        }
        CloudError error = now.error();
        if (error != null) {
            CloudError before = last.error();
            return before == null || before.kind() != error.kind() ? Messages.ProgressLog_waits(error.text()) : null;
        }
        return Objects.equals(now.cloudState(), last.cloudState())
                ? null
                : state(now, elapsed(creation, Instant.now()));
    }

    private static String state(Progress now, String elapsed) {
        return now.percent() == null
                ? Messages.ProgressLog_state(now.imageId(), now.cloudState(), elapsed)
                : Messages.ProgressLog_stateWithPercent(now.imageId(), now.cloudState(), now.percent(), elapsed);
    }

    private String phase(Creation creation, Progress now) {
        return switch (now.phase()) {
            case PREPARING -> Messages.ProgressLog_preparing(creation.request().instanceId());
            case SUBMITTING ->
                now.doubtSince() == null
                        ? Messages.ProgressLog_submitting(
                                cloud.displayName(), creation.request().region())
                        : Messages.ProgressLog_inDoubt(text(now.error()));
            case LOCATING -> Messages.ProgressLog_locating(now.requestId());
            case BUILDING -> building(creation, now.imageId());
            default -> null;
        };
    }

    private String building(Creation creation, String imageId) {
        URI console = cloud.console(creation.request().region(), imageId);
        return console == null
                ? Messages.ProgressLog_building(imageId)
                : Messages.ProgressLog_buildingAt(imageId, console);
    }

    private static String text(@CheckForNull CloudError error) {
        return error == null ? "" : error.text();
    }

    private String end(Creation creation, Progress now) {
        String elapsed = elapsed(creation, Objects.requireNonNull(now.ended()));
        return switch (Objects.requireNonNull(now.outcome())) {
            case READY -> Messages.ProgressLog_ready(now.imageId(), elapsed);
            case DRY_RUN_PASSED -> Messages.ProgressLog_dryRun();
            case FAILED -> Messages.ProgressLog_failed(elapsed);
            case TIMED_OUT -> Messages.ProgressLog_timedOut(elapsed, image(now));
            case ABORTED -> Messages.ProgressLog_aborted(elapsed, image(now));
        };
    }

    private static String image(Progress now) {
        return now.imageId() == null ? Messages.ProgressLog_noImage() : now.imageId();
    }

    private static String elapsed(Creation creation, Instant end) {
        return Util.getTimeSpanString(end.toEpochMilli() - creation.started().toEpochMilli());
    }
}

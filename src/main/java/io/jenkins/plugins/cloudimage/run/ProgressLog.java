package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/** Prints a line to the build's log whenever something changed, and nothing in between. */
final class ProgressLog implements CreationEngine.Listener {
    private final TaskListener log;
    private final CloudProvider cloud;
    private Creation last;

    /** Takes what the creation is now as known; after a restart nothing is told twice. */
    ProgressLog(TaskListener log, CloudProvider cloud, Creation known) {
        this.log = log;
        this.cloud = cloud;
        this.last = known;
    }

    @Override
    public void changed(Creation now) {
        Creation before = last;
        last = now;
        print(now, isLikely(now) && !isLikely(before) ? Messages.ProgressLog_likely(now.imageId()) : null);
        print(now, text(now, before));
    }

    private void print(Creation creation, @CheckForNull String text) {
        if (text != null) {
            log.getLogger().println(Messages.ProgressLog_line(creation.request().imageName(), text));
        }
    }

    private static boolean isLikely(Creation creation) {
        ImageStatus image = creation.image();
        return image != null && image.ownership() == ImageStatus.Ownership.LIKELY;
    }

    private String text(Creation now, Creation before) {
        if (now.ended()) {
            // What is cleaned up afterwards is no news of the step.
            return before.ended() ? null : end(now);
        }
        if (now.phase() != before.phase()
                || now.submission().inDoubt() != before.submission().inDoubt()) {
            return phase(now);
        }
        CloudError error = now.error();
        if (error != null) {
            CloudError earlier = before.error();
            return earlier == null || earlier.kind() != error.kind() ? Messages.ProgressLog_waits(error.text()) : null;
        }
        ImageStatus image = now.image();
        ImageStatus seen = before.image();
        return image == null
                        || image.cloudState() == null
                        || seen != null && image.cloudState().equals(seen.cloudState())
                ? null
                : state(image, elapsed(now, Instant.now()));
    }

    private static String state(ImageStatus image, String elapsed) {
        return image.percent() == null
                ? Messages.ProgressLog_state(image.id(), image.cloudState(), elapsed)
                : Messages.ProgressLog_stateWithPercent(image.id(), image.cloudState(), image.percent(), elapsed);
    }

    private String phase(Creation now) {
        return switch (now.phase()) {
            case PREPARING -> Messages.ProgressLog_preparing(now.request().instanceId());
            case SUBMITTING ->
                now.submission().inDoubt()
                        ? Messages.ProgressLog_inDoubt(text(now.error()))
                        : Messages.ProgressLog_submitting(
                                cloud.displayName(), now.request().region());
            case LOCATING -> Messages.ProgressLog_locating(now.submission().requestId());
            case BUILDING -> building(now, now.imageId());
            case PLANNED, CLEANING_UP, DONE -> null;
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

    private static String end(Creation now) {
        String elapsed = elapsed(now, Objects.requireNonNull(now.ending()).at());
        return switch (now.ending().outcome()) {
            case READY -> Messages.ProgressLog_ready(now.imageId(), elapsed);
            case DRY_RUN_PASSED -> Messages.ProgressLog_dryRun();
            case FAILED -> Messages.ProgressLog_failed(elapsed);
            case TIMED_OUT -> Messages.ProgressLog_timedOut(elapsed, image(now));
            case ABORTED -> Messages.ProgressLog_aborted(elapsed, image(now));
            case ABANDONED -> Messages.ProgressLog_abandoned(elapsed, image(now));
        };
    }

    private static String image(Creation now) {
        return now.imageId() == null ? Messages.ProgressLog_noImage() : now.imageId();
    }

    private static String elapsed(Creation creation, Instant end) {
        return Util.getTimeSpanString(
                Math.max(0, end.toEpochMilli() - creation.plan().started().toEpochMilli()));
    }
}

package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.Provenance;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Deletion;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints a line to the build's log for each change, and at intervals during a wait. */
final class ProgressLog implements CreationEngine.Listener {
    /** The value of a missing variable in a Groovy string. */
    private static final Pattern NULL = Pattern.compile("(?<![\\p{L}\\p{N}])null(?![\\p{L}\\p{N}])");

    private final TaskListener log;
    private final CloudProvider cloud;
    private final Supplier<Duration> typicalDuration;
    private Creation last;

    /**
     * Starts with the present state, so that nothing is printed again after a restart.
     *
     * @param typicalDuration how long images of this source usually take, or null if that is unknown
     */
    ProgressLog(TaskListener log, CloudProvider cloud, Creation known, Supplier<Duration> typicalDuration) {
        this.log = log;
        this.typicalDuration = typicalDuration;
        this.cloud = cloud;
        this.last = known;
    }

    /** Warns of a name that is probably a mistake. */
    synchronized void begin() {
        Deletion deletion = last.deletion();
        if (deletion != null && last.phase() == Phase.CHECKING) {
            String place = last.request().region();
            print(
                    last,
                    deletion.madeBy() == null
                            ? Messages.ProgressLog_deletesOther(cloud.displayName(), place)
                            : Messages.ProgressLog_deletesOwn(cloud.displayName(), place, deletion.madeBy()));
        }
        String name = last.request().imageName();
        if (last.phase() == Phase.PLANNED && name != null && NULL.matcher(name).find()) {
            print(last, Messages.ProgressLog_null());
        }
    }

    /** Prints that the wait continues. */
    synchronized void remind() {
        // Copies have durations of their own.
        Duration typical = last.phase() == Phase.COPYING ? null : typicalDuration.get();
        String elapsed = elapsed(last, Instant.now());
        String state = waiting(last);
        print(
                last,
                typical == null
                        ? Messages.ProgressLog_waitsStill(elapsed, state)
                        : Messages.ProgressLog_waitsStillOf(
                                elapsed, state, Util.getTimeSpanString(typical.toMillis())));
    }

    private static String waiting(Creation now) {
        ImageStatus image = now.image();
        CloudError error = now.error();
        if (error != null) {
            return error.text();
        }
        // Afterwards, the state of the image does not tell what the step waits for.
        if (image == null || image.cloudState() == null || now.phase() != Phase.BUILDING) {
            return ImageTexts.phase(ImageTexts.word(now.phase()));
        }
        return image.percent() == null
                ? Messages.ProgressLog_is(image.id(), image.cloudState())
                : Messages.ProgressLog_isAt(image.id(), image.cloudState(), image.percent());
    }

    @Override
    public synchronized void changed(Creation now) {
        Creation before = last;
        last = now;
        print(
                now,
                isLikely(now.image()) && !isLikely(before.image()) ? Messages.ProgressLog_likely(now.imageId()) : null);
        print(
                now,
                Provenance.isIn(before.request()) && !Provenance.isIn(now.request())
                        ? Messages.ProgressLog_withoutProvenance()
                        : null);
        copies(now, before);
        print(now, text(now, before));
        print(now, error(now) != null && error(before) == null ? Messages.ProgressLog_notRetired(error(now)) : null);
        if (!before.ended()) {
            DryRunRow.of(now).forEach(row -> print(now, row.text()));
        }
    }

    /** Why earlier images cannot be judged, or null. */
    @CheckForNull
    private static String error(Creation creation) {
        return creation.tasks().stream()
                .filter(task -> task.kind() == CleanupTask.Kind.RETIRE_OLDER && task.error() != null)
                .map(task -> task.error().text())
                .findFirst()
                .orElse(null);
    }

    /** The copies of which it became known which image they are and whether they can be used. */
    private void copies(Creation now, Creation before) {
        List<CopyStatus> known = before.copies();
        for (int i = 0; i < now.copies().size() && !before.ended(); i++) {
            CopyStatus copy = now.copies().get(i);
            CopyStatus earlier = i < known.size() ? known.get(i) : null;
            if (isLikely(copy.image()) && (earlier == null || !isLikely(earlier.image()))) {
                print(
                        now,
                        Messages.ProgressLog_copyLikely(
                                copy.region(), copy.image().id()));
            }
            if (copy.isReady() && (earlier == null || !earlier.isReady())) {
                print(
                        now,
                        Messages.ProgressLog_copied(
                                copy.region(),
                                Objects.requireNonNull(copy.image()).id()));
            } else if (copy.hasFailed() && (earlier == null || !earlier.hasFailed())) {
                print(now, Messages.ProgressLog_notCopied(copy.region(), text(copy.problem())));
            }
        }
    }

    private void print(Creation creation, @CheckForNull String text) {
        if (text != null) {
            log.getLogger()
                    .println(OneLine.of(
                            Messages.ProgressLog_line(creation.request().imageName(), text)));
        }
    }

    private static boolean isLikely(@CheckForNull ImageStatus image) {
        return image != null && image.ownership() == ImageStatus.Ownership.LIKELY;
    }

    private String text(Creation now, Creation before) {
        if (now.ended()) {
            // The cleanup afterwards is not printed to the step's log.
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
            case COPYING ->
                Messages.ProgressLog_copying(
                        now.imageId(),
                        now.copies().stream().map(CopyStatus::region).collect(Collectors.joining(", ")));
            case SHARING ->
                Messages.ProgressLog_sharing(
                        now.imageId(), now.options().shareWith().size());
            case DELETING -> Messages.ProgressLog_deleting();
            case PLANNED, CHECKING, COPIED, CLEANING_UP, DONE -> null;
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
            case DELETED -> deleted(now, elapsed);
            case FAILED -> Messages.ProgressLog_failed(elapsed);
            case TIMED_OUT ->
                now.deletion() != null
                        ? Messages.ProgressLog_notGone(elapsed)
                        : Messages.ProgressLog_timedOut(elapsed, image(now));
            case ABORTED -> Messages.ProgressLog_aborted(elapsed, image(now));
            case ABANDONED, RETIRED -> Messages.ProgressLog_abandoned(elapsed, image(now));
        };
    }

    private static String deleted(Creation now, String elapsed) {
        List<String> snapshots = Objects.requireNonNull(now.image()).snapshots();
        if (now.tasks().isEmpty()) {
            return Messages.ProgressLog_goneBefore();
        }
        return snapshots.isEmpty()
                ? Messages.ProgressLog_gone(elapsed)
                : Messages.ProgressLog_goneButSnapshots(elapsed, String.join(", ", snapshots));
    }

    private static String image(Creation now) {
        return now.imageId() == null ? Messages.ProgressLog_noImage() : now.imageId();
    }

    private static String elapsed(Creation creation, Instant end) {
        return Util.getTimeSpanString(
                Math.max(0, end.toEpochMilli() - creation.plan().started().toEpochMilli()));
    }
}

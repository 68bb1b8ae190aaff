package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Brings a creation from the plan to an image id. Each step makes at most one outward call and returns what is to be
 * saved before the next one; it holds no state and waits for nothing.
 */
final class Steps {
    /** How long an image that a lost create may have made is looked for; clouds list new images late. */
    static final Duration GRACE = Duration.ofMinutes(2);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** How much the cloud's clock may be behind ours when it dates an image. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);

    private final Clock clock;
    private final Backoff backoff;

    Steps(Clock clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    /** What is to be saved, and how long to wait before the step after it. */
    record Step(Creation creation, Duration pause) {}

    Step next(Creation creation, Cloud cloud, Capabilities capabilities) {
        boolean inDoubt = creation.progress().doubtSince() != null;
        if (creation.phase() != Phase.LOCATING && !inDoubt && isLate(creation)) {
            return timedOut(creation);
        }
        try {
            return switch (creation.phase()) {
                case PLANNED -> plan(creation, cloud);
                case SUBMITTING -> inDoubt ? clearUp(creation, cloud, capabilities) : submit(creation, cloud);
                case LOCATING -> locate(creation, cloud);
                case PREPARING, BUILDING, RESTORING, DONE ->
                    throw new IllegalStateException("No step leads on from " + creation.phase());
            };
        } catch (CloudException e) {
            return failed(creation, e.error());
        }
    }

    private Step plan(Creation creation, Cloud cloud) throws CloudException {
        creation.request().check();
        List<CloudImage> namesakes = creation.request().dryRun()
                ? List.of()
                : cloud.findByName(creation.request().imageName());
        if (!namesakes.isEmpty()) {
            throw CloudError.of(ErrorKind.NAME_TAKEN, Acted.NO)
                    .message("An image named \"" + creation.request().imageName() + "\" exists in "
                            + creation.request().region() + ": " + ids(namesakes))
                    .advice("Choose another imageName, or delete that image.")
                    .exception();
        }
        return now(creation.progress().submitting(clock.instant()), creation);
    }

    private Step submit(Creation creation, Cloud cloud) throws CloudException {
        Progress progress = creation.progress();
        try {
            CreateAnswer answer = cloud.create(creation.request(), creation.token());
            if (answer.dryRun()) {
                return now(progress.done(Outcome.DRY_RUN_PASSED, null, clock.instant()), creation);
            }
            return now(
                    answer.imageId() == null
                            ? progress.locating(answer.requestId())
                            : progress.building(answer.imageId(), answer.requestId()),
                    creation);
        } catch (CloudException e) {
            boolean mayBeOurOwn = e.error().kind() == ErrorKind.NAME_TAKEN && progress.wasInDoubt();
            boolean inDoubt = e.error().acted() == Acted.MAYBE || mayBeOurOwn;
            if (inDoubt && !creation.request().dryRun()) {
                Progress doubtful = progress.inDoubt(e.error(), clock.instant());
                return new Step(creation.with(doubtful), backoff.after(doubtful.failures(), e.error()));
            }
            throw e;
        }
    }

    /** Finds out whether a create that may have been carried out was. */
    private Step clearUp(Creation creation, Cloud cloud, Capabilities capabilities) throws CloudException {
        Progress progress = creation.progress();
        Instant now = clock.instant();
        boolean late = isLate(creation);
        if (capabilities.idempotencyToken() && !late) {
            return now(progress.submitting(now), creation);
        }
        List<CloudImage> newcomers = newcomers(creation, cloud);
        if (!newcomers.isEmpty()) {
            return adopt(creation, newcomers);
        }
        if (now.isBefore(Objects.requireNonNull(progress.doubtSince()).plus(GRACE))) {
            return new Step(creation, LOOK_AGAIN);
        }
        if (late) {
            return timedOut(creation);
        }
        CloudError cause = progress.error();
        if (cause != null && cause.kind() == ErrorKind.NAME_TAKEN) {
            return fail(creation, cause);
        }
        if (capabilities.uniqueNames()) {
            return now(progress.submitting(now), creation);
        }
        return fail(creation, notFound(creation));
    }

    private Step locate(Creation creation, Cloud cloud) throws CloudException {
        List<CloudImage> newcomers = newcomers(creation, cloud);
        if (!newcomers.isEmpty()) {
            return adopt(creation, newcomers);
        }
        Progress looked = creation.progress().locating(creation.progress().requestId());
        return wait(creation.with(looked), LOOK_AGAIN);
    }

    private static CloudError notFound(Creation creation) {
        String why = creation.phase() == Phase.LOCATING
                ? "The cloud accepted the create without telling an image id"
                : "The cloud's answer to the create was lost";
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                .message(why + ", and no image named \"" + creation.request().imageName() + "\" has shown up")
                .advice("Look for the image in the cloud's console before you try again.")
                .code(null, creation.progress().requestId());
    }

    private static List<CloudImage> newcomers(Creation creation, Cloud cloud) throws CloudException {
        return cloud.findByName(creation.request().imageName()).stream()
                .filter(image -> mayBeOurs(image, creation))
                .toList();
    }

    /** Whether what the cloud tells of an image's origin, if anything, speaks for this creation. */
    private static boolean mayBeOurs(CloudImage image, Creation creation) {
        Instant earliest =
                Objects.requireNonNull(creation.progress().submitted()).minus(CLOCK_TOLERANCE);
        Instant created = image.created();
        String source = image.sourceId();
        String wanted = creation.request().instanceId();
        return (created == null || created.isAfter(earliest))
                && (source == null || wanted == null || source.equals(wanted));
    }

    private Step adopt(Creation creation, List<CloudImage> newcomers) {
        if (newcomers.size() == 1) {
            return now(creation.progress().building(newcomers.get(0).id(), null), creation);
        }
        return fail(
                creation,
                CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                        .message("Several new images bear the name, and nothing tells which is ours: " + ids(newcomers))
                        .advice("Choose one in the cloud's console and delete the others."));
    }

    private Step failed(Creation creation, CloudError error) {
        if (!error.kind().passes() && !isLooking(creation)) {
            return fail(creation, error);
        }
        Progress retrying = creation.progress().retrying(error);
        return wait(creation.with(retrying), backoff.after(retrying.failures(), error));
    }

    /** Whether there may be an image already; then no failed look, not even one for the key, may lose it. */
    private static boolean isLooking(Creation creation) {
        return creation.phase() == Phase.LOCATING || creation.progress().doubtSince() != null;
    }

    private Step fail(Creation creation, CloudError error) {
        return now(creation.progress().done(Outcome.FAILED, error, clock.instant()), creation);
    }

    private Step wait(Creation creation, Duration pause) {
        return clock.instant().plus(pause).isAfter(end(creation)) ? timedOut(creation) : new Step(creation, pause);
    }

    /** A create in doubt is cleared up even beyond the deadline, so that its image is not lost. */
    private static Instant end(Creation creation) {
        Instant doubtSince = creation.progress().doubtSince();
        Instant cleared = doubtSince == null ? Instant.MIN : doubtSince.plus(GRACE);
        return cleared.isAfter(creation.deadline()) ? cleared : creation.deadline();
    }

    private boolean isLate(Creation creation) {
        return !clock.instant().isBefore(creation.deadline());
    }

    private Step timedOut(Creation creation) {
        CloudError error =
                isLooking(creation) ? notFound(creation) : creation.progress().error();
        return now(creation.progress().done(Outcome.TIMED_OUT, error, clock.instant()), creation);
    }

    private static Step now(Progress progress, Creation creation) {
        return new Step(creation.with(progress), Duration.ZERO);
    }

    private static String ids(List<CloudImage> images) {
        return images.stream().map(CloudImage::id).collect(Collectors.joining(", "));
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Brings a creation from the plan to an image id. Each step makes at most one call that changes something and returns
 * what is to be saved before the next one; it holds no state and waits for nothing.
 */
final class Steps {
    /** How long an image that a lost create may have made is looked for; clouds list new images late. */
    static final Duration GRACE = Duration.ofMinutes(2);

    private static final Logger LOGGER = Logger.getLogger(Steps.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** How long a machine may take to begin to shut down. */
    private static final Duration STOP_AGAIN = Duration.ofMinutes(1);
    /** How far the cloud's clock may be from ours when it dates an image. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);

    private final Clock clock;
    private final Backoff backoff;

    Steps(Clock clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    /** What is to be saved, and how long to wait before the step after it. */
    record Step(Creation creation, Duration pause) {}

    /**
     * Makes the step that the phase stands for.
     *
     * @param held why name or machine cannot be had from this controller's other creations, or null
     * @param reads all calls but those that change something are made in it, so that an abort can give them up
     */
    Step next(
            Creation creation, Cloud cloud, Capabilities capabilities, @CheckForNull CloudError held, CallScope reads) {
        boolean inDoubt = creation.progress().doubtSince() != null;
        if (creation.phase() != Phase.LOCATING && !inDoubt && isLate(creation)) {
            return timedOut(creation);
        }
        try {
            return switch (creation.phase()) {
                case PLANNED -> reads.run(() -> plan(creation, cloud, capabilities, held));
                case PREPARING -> prepare(creation, cloud, held, reads);
                case SUBMITTING ->
                    inDoubt ? reads.run(() -> clearUp(creation, cloud, capabilities)) : submit(creation, cloud);
                case LOCATING -> reads.run(() -> locate(creation, cloud));
                case BUILDING, RESTORING, DONE ->
                    throw new IllegalStateException("No step leads on from " + creation.phase());
            };
        } catch (CloudException e) {
            return failed(creation, e.error());
        }
    }

    private Step plan(Creation creation, Cloud cloud, Capabilities capabilities, @CheckForNull CloudError held)
            throws CloudException {
        ImageRequest request = creation.request();
        request.check();
        if (held != null) {
            return taken(creation, held);
        }
        List<CloudImage> namesakes = request.dryRun() ? List.of() : cloud.findByName(request.imageName());
        if (!namesakes.isEmpty()) {
            return creation.options().ifNameExists() == IfNameExists.REUSE
                    ? reuse(creation, namesakes)
                    : taken(
                            creation,
                            nameTaken(Messages.Steps_nameTaken(request.imageName(), request.region(), ids(namesakes))));
        }
        boolean machineMatters = creation.options().stopInstance() || capabilities.stoppedSource();
        if (creation.options().stopInstance() && !request.dryRun()) {
            checkQuota(creation, cloud);
        }
        return now(
                machineMatters && Rules.isGiven(request.instanceId()) && !request.dryRun()
                        ? creation.progress().preparing(null)
                        : creation.progress().submitting(clock.instant()),
                creation);
    }

    /**
     * A machine that is shut down in vain is the worst of refusals. Without a shutdown the create itself tells as well, and
     * the calls are saved. Not every key may ask; whoever may not goes on.
     */
    private static void checkQuota(Creation creation, Cloud cloud) throws CloudException {
        Optional<Quota> quota;
        try {
            quota = cloud.quota();
        } catch (CloudException e) {
            LOGGER.log(Level.FINE, e, () -> "The quota of " + creation.key() + " is unknown");
            return;
        }
        // A limit of 0 or less is no answer.
        if (quota.isPresent()
                && quota.get().limit() > 0
                && quota.get().used() >= quota.get().limit()) {
            throw CloudError.of(ErrorKind.QUOTA, Acted.NO)
                    .message(Messages.Steps_quota(
                            quota.get().used(),
                            creation.request().region(),
                            quota.get().limit()))
                    .advice(Messages.Steps_largerQuota())
                    .exception();
        }
    }

    private static CloudError nameTaken(String message) {
        return CloudError.of(ErrorKind.NAME_TAKEN, Acted.NO).message(message).advice(Messages.Steps_otherName());
    }

    private Step taken(Creation creation, CloudError why) throws CloudException {
        switch (creation.options().ifNameExists()) {
            case SUFFIX -> {
                int number = creation.progress().suffix();
                ImageRequest next = Suffix.next(creation.request(), number);
                if (next == null || number >= Suffix.LARGEST) {
                    throw why.exception();
                }
                return new Step(creation.renamed(next, Suffix.after(number)), Duration.ZERO);
            }
            case REUSE ->
                throw CloudError.of(ErrorKind.BUSY, Acted.NO)
                        .message(why.message())
                        .advice(Messages.Steps_waitedFor())
                        .exception();
            default -> throw why.exception();
        }
    }

    /** Of several images of one name the newest usable one is taken, else the newest that may become usable. */
    private Step reuse(Creation creation, List<CloudImage> namesakes) throws CloudException {
        for (ImageState state : List.of(ImageState.READY, ImageState.PENDING)) {
            Optional<CloudImage> newest = namesakes.stream()
                    .filter(image -> image.state() == state)
                    .max(Comparator.comparing(CloudImage::created, Comparator.nullsFirst(Comparator.naturalOrder())));
            if (newest.isPresent()) {
                Creation reusing = creation.with(creation.progress().reusing(newest.get()));
                return new Step(
                        state == ImageState.READY ? reusing.end(Outcome.READY, null, clock.instant()) : reusing,
                        Duration.ZERO);
            }
        }
        throw nameTaken(Messages.Steps_namesakeFailed(
                        creation.request().imageName(), creation.request().region(), ids(namesakes)))
                .exception();
    }

    /** Looks at the machine, and shuts it down if that is wanted. That it is about to be is saved first. */
    private Step prepare(Creation creation, Cloud cloud, @CheckForNull CloudError held, CallScope reads)
            throws CloudException {
        if (held != null) {
            throw held.exception();
        }
        Instant now = clock.instant();
        Machine machine = creation.progress().machine();
        String id = Objects.requireNonNull(creation.request().instanceId());
        switch (reads.run(() -> cloud.powerState(id))) {
            case STOPPED -> {
                Machine found = machine == null ? new Machine(PowerState.STOPPED, null, false) : machine;
                return now(creation.progress().preparing(found).submitting(now), creation);
            }
            case RUNNING -> {
                if (!creation.options().stopInstance()) {
                    throw CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                            .message(Messages.Steps_machineRuns(id))
                            .advice(Messages.Steps_stopIt())
                            .exception();
                }
                return stop(creation, cloud, now);
            }
            case CHANGING -> {
                return wait(creation.with(creation.progress().preparing(machine)), LOOK_AGAIN);
            }
            default ->
                throw CloudError.of(ErrorKind.INVALID_REQUEST, Acted.NO)
                        .message(Messages.Steps_machineState(id))
                        .advice(Messages.Steps_lookAtMachine())
                        .exception();
        }
    }

    /** A shutdown may be ignored by the machine's system; so it is asked for again after a while. */
    private Step stop(Creation creation, Cloud cloud, Instant now) throws CloudException {
        Machine machine = creation.progress().machine();
        Instant stopped = machine == null ? null : machine.stopped();
        if (machine == null || stopped == null || machine.asked() && now.isAfter(stopped.plus(STOP_AGAIN))) {
            return now(creation.progress().preparing(new Machine(PowerState.RUNNING, now, false)), creation);
        }
        if (!machine.asked()) {
            cloud.stop(Objects.requireNonNull(creation.request().instanceId()));
        }
        Machine asked = new Machine(PowerState.RUNNING, stopped, true);
        return wait(creation.with(creation.progress().preparing(asked)), LOOK_AGAIN);
    }

    private Step submit(Creation creation, Cloud cloud) throws CloudException {
        Progress progress = creation.progress();
        try {
            CreateAnswer answer = cloud.create(creation.request(), creation.token());
            if (answer.dryRun()) {
                return new Step(creation.end(Outcome.DRY_RUN_PASSED, null, clock.instant()), Duration.ZERO);
            }
            return now(
                    answer.imageId() == null
                            ? progress.locating(answer.requestId())
                            : progress.building(answer.imageId(), answer.requestId()),
                    creation);
        } catch (CloudException e) {
            // The name may be our own image's, and so may be what keeps the machine busy.
            boolean mayBeOurOwn = progress.wasInDoubt()
                    && (e.error().kind() == ErrorKind.NAME_TAKEN || e.error().kind() == ErrorKind.BUSY);
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
        CloudError cause = progress.error();
        boolean again = capabilities.idempotencyToken() && !late;
        boolean busy = cause != null && cause.kind() == ErrorKind.BUSY;
        if (again && !busy) {
            return now(progress.submitting(now), creation);
        }
        List<CloudImage> newcomers = newcomers(creation, cloud);
        if (!newcomers.isEmpty()) {
            return adopt(creation, newcomers);
        }
        if (again) {
            return now(progress.submitting(now), creation);
        }
        if (now.isBefore(Objects.requireNonNull(progress.doubtSince()).plus(GRACE))) {
            return new Step(creation, LOOK_AGAIN);
        }
        if (late) {
            return timedOut(creation);
        }
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
        String name = creation.request().imageName();
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                .message(
                        creation.phase() == Phase.LOCATING
                                ? Messages.Steps_notLocated(name)
                                : Messages.Steps_lost(name))
                .advice(Messages.Steps_lookForIt())
                .code(null, creation.progress().requestId());
    }

    static List<CloudImage> newcomers(Creation creation, Cloud cloud) throws CloudException {
        return cloud.findByName(creation.request().imageName()).stream()
                .filter(image -> mayBeOurs(image, creation))
                .toList();
    }

    /** Whether what the cloud tells of an image's origin, if anything, speaks for this creation. */
    private static boolean mayBeOurs(CloudImage image, Creation creation) {
        Instant earliest =
                Objects.requireNonNull(creation.progress().submitted()).minus(CLOCK_TOLERANCE);
        Instant created = image.created();
        Instant doubtSince = creation.progress().doubtSince();
        boolean tooLate = created != null && doubtSince != null && created.isAfter(doubtSince.plus(CLOCK_TOLERANCE));
        String source = image.sourceId();
        String wanted = creation.request().instanceId();
        return (created == null || created.isAfter(earliest))
                && !tooLate
                && (source == null || wanted == null || source.equals(wanted));
    }

    private Step adopt(Creation creation, List<CloudImage> newcomers) {
        if (newcomers.size() == 1) {
            return now(creation.progress().building(newcomers.get(0).id(), null), creation);
        }
        return fail(creation, several(newcomers));
    }

    static CloudError several(List<CloudImage> newcomers) {
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE)
                .message(Messages.Steps_several(ids(newcomers)))
                .advice(Messages.Steps_chooseOne());
    }

    private Step failed(Creation creation, CloudError error) {
        if (!error.kind().passes() && !isLooking(creation)) {
            return fail(creation, error);
        }
        Progress retrying = creation.progress().retrying(error);
        return wait(creation.with(retrying), backoff.after(retrying.failures(), error));
    }

    /** Whether there may be an image already; then no failed look, not even one for the key, may lose it. */
    static boolean isLooking(Creation creation) {
        return creation.phase() == Phase.LOCATING || creation.progress().doubtSince() != null;
    }

    private Step fail(Creation creation, CloudError error) {
        return new Step(creation.end(Outcome.FAILED, error, clock.instant()), Duration.ZERO);
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
        return new Step(creation.end(Outcome.TIMED_OUT, error, clock.instant()), Duration.ZERO);
    }

    private static Step now(Progress progress, Creation creation) {
        return new Step(creation.with(progress), Duration.ZERO);
    }

    private static String ids(List<CloudImage> images) {
        return images.stream().map(CloudImage::id).collect(Collectors.joining(", "));
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides what happens next to a creation. It is a pure function of the record and the observations: it makes no call,
 * saves nothing and reads no clock. A wake-up without a new observation changes nothing.
 */
final class Reconciler {
    /** How long an image may be missing from lists: clouds list new images late and return stale lists. */
    static final Duration GRACE = Duration.ofMinutes(2);
    /** How long an undocumented error code is retried. */
    private static final Duration UNKNOWN_PATIENCE = Duration.ofMinutes(10);

    private final Backoff backoff;
    private final DryRun dryRun;
    private final Planning planning;
    private final Preparing preparing;
    private final Submitting submitting;
    private final Building building;
    private final Copying copying;
    private final Sharing sharing;
    private final Checking checking;
    private final Deleting deleting;
    private final CleaningUp cleaningUp;

    Reconciler(Backoff backoff, Predecessors predecessors) {
        this.backoff = backoff;
        this.dryRun = new DryRun(this);
        this.planning = new Planning(this);
        this.preparing = new Preparing(this);
        this.submitting = new Submitting(this);
        this.building = new Building(this);
        this.copying = new Copying(this);
        this.sharing = new Sharing(this);
        this.checking = new Checking(this);
        this.deleting = new Deleting(this);
        this.cleaningUp = new CleaningUp(backoff, predecessors);
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        if (creation.done() && !seen.unreported()) {
            return Decision.wait(creation, memory);
        }
        Creation current = known(creation, seen);
        if (seen.unreported()
                && !current.isCopy()
                && !isInterrupted(current)
                && (seen.stopped() != null || seen.late())) {
            // The end cannot be saved. The step ends anyway, and what is saved later is what was reported.
            // What a deletion has begun is carried through.
            List<CleanupTask> begun = current.deletion() == null ? List.of() : current.tasks();
            current = current.copy().ending(null).tasks(begun).build();
            return seen.stopped() == null ? timedOut(current, seen) : end(current, seen, seen.stopped(), null);
        }
        if (current.ended()) {
            return cleaningUp.decide(current, memory, seen);
        }
        if (current.phase() == Phase.COPIED) {
            return copying.decideCopied(current, memory, seen, seen.stopped());
        }
        if (seen.stopped() != null) {
            return end(current, seen, seen.stopped(), null);
        }
        if (current.phase() == Phase.COPYING) {
            return copying.decide(current, memory, seen);
        }
        if (current.phase() == Phase.BUILDING) {
            return building.decide(current, memory, seen);
        }
        if (seen.late() && seen.result() == null) {
            return timedOut(current, seen);
        }
        if (seen.busy()) {
            return Decision.wait(current, memory);
        }
        Decision decision = goOn(current, memory, seen);
        // The result of a call still counts after the deadline, but no further call is made.
        return seen.late() && decision.effect() != null ? timedOut(current, seen) : decision;
    }

    private Decision goOn(Creation current, Memory memory, Observations seen) {
        if (seen.keyError() != null) {
            return retryKey(current, memory, seen, seen.keyError());
        }
        if (seen.result() == null && seen.uptime().compareTo(memory.notBefore()) < 0) {
            return new Decision(current, memory, null, memory.notBefore().minus(seen.uptime()));
        }
        if (current.phase() == Phase.PLANNED) {
            try {
                current.request().check();
            } catch (CloudException e) {
                return end(current, seen, Outcome.FAILED, e.error());
            }
        }
        if (current.dryRun()) {
            return dryRun.decide(current, memory, seen);
        }
        return switch (current.phase()) {
            case PLANNED -> planning.decide(current, memory, seen);
            case PREPARING -> preparing.decide(current, memory, seen);
            case SUBMITTING, LOCATING -> submitting.decide(current, memory, seen);
            case SHARING -> sharing.decide(current, memory, seen);
            case CHECKING -> checking.decide(current, memory, seen);
            case DELETING -> deleting.decide(current, memory, seen);
            case BUILDING, COPYING, COPIED, CLEANING_UP, DONE ->
                throw new IllegalStateException("Unreachable: " + current.phase());
        };
    }

    /**
     * Decides the least that has to be, if nothing else can be decided: a step ends with an abort and at its deadline, and
     * a person decides about what stays open for long.
     *
     * @param failing how long nothing can be decided
     * @param cause why
     */
    Decision giveUp(Creation creation, Memory memory, Observations seen, Duration failing, CloudError cause) {
        if (creation.ended()) {
            Creation current = CleaningUp.absorb(creation, seen.resultOf(Effect.Create.class));
            boolean tooLong = failing.compareTo(CleaningUp.PATIENCE) > 0;
            return Decision.wait(tooLong ? CleaningUp.handedOver(current, cause) : current, memory);
        }
        if (creation.phase() == Phase.COPIED) {
            return copying.decideCopied(creation, memory, seen, seen.stopped());
        }
        return seen.stopped() == null
                ? end(creation, seen, Outcome.TIMED_OUT, cause)
                : end(creation, seen, seen.stopped(), null);
    }

    private static boolean isInterrupted(Creation creation) {
        return creation.outcome() == Outcome.ABORTED
                || creation.outcome() == Outcome.TIMED_OUT
                || creation.outcome() == Outcome.ABANDONED;
    }

    /** Records the account once a response shows that it is the right one, and how far the copies are. */
    private static Creation known(Creation creation, Observations seen) {
        boolean first = creation.account() == null && seen.account() != null;
        return creation.copy()
                .account(first ? seen.account() : creation.account())
                .copies(creation.copies().isEmpty() ? List.of() : seen.copies())
                .build();
    }

    /**
     * A missing key is an error of the job before anything is sent; later it is retried, because the image must not be
     * lost.
     */
    private Decision retryKey(Creation creation, Memory memory, Observations seen, CloudError error) {
        return creation.phase() == Phase.PLANNED || creation.phase() == Phase.CHECKING
                ? failed(creation, memory, seen, error)
                : retry(creation, memory, seen, error);
    }

    /** Retries a temporary error; any other ends the creation. */
    Decision failed(Creation creation, Memory memory, Observations seen, CloudError error) {
        boolean unknownForLong = error.kind() == ErrorKind.UNKNOWN_ANSWER
                && seen.uptime().minus(memory.since()).compareTo(UNKNOWN_PATIENCE) > 0;
        return error.kind().isRetryable() && !unknownForLong
                ? retry(creation, memory, seen, error)
                : end(creation, seen, Outcome.FAILED, error);
    }

    Decision retry(Creation creation, Memory memory, Observations seen, CloudError error) {
        int failures = memory.failures() + 1;
        return later(creation.copy().error(error).build(), memory, seen, backoff.after(failures, error), failures);
    }

    /** Waits for something that is not a failure. */
    static Decision later(Creation creation, Memory memory, Observations seen, Duration pause) {
        return later(creation, memory, seen, pause, 0);
    }

    private static Decision later(Creation creation, Memory memory, Observations seen, Duration pause, int failures) {
        return new Decision(creation, memory.tryAfter(seen.uptime().plus(pause), failures), null, pause);
    }

    /** Enters another phase, with empty counters. */
    static Decision next(Creation creation, Observations seen) {
        return Decision.again(creation, Memory.since(seen.uptime()));
    }

    Decision timedOut(Creation creation, Observations seen) {
        if (creation.deletion() != null && creation.error() == null) {
            return end(creation, seen, Outcome.TIMED_OUT, Deleting.unfinished(creation));
        }
        boolean sharing = creation.phase() == Phase.SHARING && creation.error() == null;
        return end(creation, seen, Outcome.TIMED_OUT, sharing ? Sharing.unfinished(creation) : creation.error());
    }

    /**
     * The image is ready. The step is told so once the image is copied and shared as the user wants. What may belong to
     * somebody else is not shared; it is not copied either, because clouds that copy images prove whose they are.
     */
    Decision ready(Creation creation, Observations seen) {
        boolean copies = !creation.plan().copies().copies().isEmpty();
        if (!copies && creation.options().shareWith().isEmpty()) {
            return finished(creation, seen);
        }
        ImageStatus image = Objects.requireNonNull(creation.image());
        if (image.ownership() == ImageStatus.Ownership.LIKELY) {
            return end(creation, seen, Outcome.FAILED, Sharing.unproven(creation));
        }
        Creation ready = creation.copy().image(image.sharing(Shares.NONE)).build();
        return copies ? next(Copying.begun(ready), seen) : copied(ready, seen);
    }

    /** The copies that are wanted are made, or may be missing. */
    Decision copied(Creation creation, Observations seen) {
        return creation.options().shareWith().isEmpty()
                ? finished(creation, seen)
                : next(creation.to(Phase.SHARING), seen);
    }

    /** All that is wanted is done. A copy waits for its source. */
    Decision finished(Creation creation, Observations seen) {
        return creation.isCopy() ? next(creation.to(Phase.COPIED), seen) : end(creation, seen, Outcome.READY, null);
    }

    /** Ends the creation with its cleanup tasks. */
    Decision end(Creation creation, Observations seen, Outcome outcome, @Nullable CloudError error) {
        return end(creation, seen, outcome, error, List.of());
    }

    /** Ends the creation with its cleanup tasks, and with the checks of a dry run. */
    Decision end(
            Creation creation,
            Observations seen,
            Outcome outcome,
            @Nullable CloudError error,
            List<DryRunCheck> checks) {
        Creation last = seen.unsent() instanceof Effect.Create
                ? creation.copy().submission(creation.submission().refused()).build()
                : withCreated(creation, seen.resultOf(Effect.Create.class));
        List<CleanupTask> tasks = new ArrayList<>();
        if (last.options().startAfterwards()
                && last.instance() != null
                && last.instance().stopping()) {
            tasks.add(CleanupTask.open(CleanupTask.Kind.START_INSTANCE));
        }
        if (last.deletion() != null) {
            tasks.addAll(Deleting.tasks(last, outcome));
        } else if (outcome.incomplete()) {
            tasks.addAll(imageTasks(last, outcome));
        }
        // The copies of a step that was not told to be ready replace nothing.
        boolean replaces = outcome == Outcome.READY && (!last.isCopy() || seen.stopped() == Outcome.READY);
        if (replaces && last.options().retention() != null && !last.reused()) {
            tasks.add(CleanupTask.open(CleanupTask.Kind.RETIRE_OLDER));
        }
        boolean open = tasks.stream().anyMatch(CleanupTask::isOpen) || !last.areCopiesDone();
        Creation ended = last.copy()
                .ending(new Ending(outcome, error, seen.wall(), checks))
                .error(null)
                .tasks(tasks)
                .phase(open ? Phase.CLEANING_UP : Phase.DONE)
                .build();
        return next(ended, seen);
    }

    /** Adds the result of a create call, however late it comes. */
    static Creation withCreated(Creation creation, @Nullable Result created) {
        if (created == null) {
            return creation;
        }
        Submission submission = creation.submission();
        if (created.failed()) {
            boolean refused = created.error().sideEffect() == SideEffect.NONE;
            return creation.copy()
                    .submission(refused ? submission.refused() : submission.doubtful())
                    .build();
        }
        CreateAnswer answer = created.answer();
        Creation.Copy next = creation.copy().submission(submission.accepted(answer.requestId()));
        String imageId = answer.imageId();
        return imageId == null
                ? next.build()
                : next.image(ImageStatus.of(imageId, ImageStatus.Ownership.PROVEN))
                        .build();
    }

    static List<CleanupTask> imageTasks(Creation creation, Outcome outcome) {
        boolean delete = creation.options().onIncomplete() == Options.OnIncomplete.DELETE;
        if (creation.mayHaveLostImage()) {
            return List.of(CleanupTask.open(CleanupTask.Kind.FIND_IMAGE));
        }
        ImageStatus image = creation.image();
        if (image == null || !image.isOurs() || image.deleted()) {
            return List.of();
        }
        if (outcome == Outcome.ABANDONED) {
            return List.of(CleanupTask.open(CleanupTask.Kind.FINISH_IMAGE));
        }
        if (image.shares() != null && outcome != Outcome.ABORTED) {
            // The image is ready, and nothing is deleted because a share is missing.
            return List.of();
        }
        return delete ? List.of(CleanupTask.open(CleanupTask.Kind.DELETE_IMAGE)) : List.of();
    }

    /** Whether the poller watches the image. */
    static boolean isWatched(Creation creation) {
        return creation.phase() == Phase.BUILDING;
    }
}

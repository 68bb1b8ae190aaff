package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Provenance;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TagSupport;
import java.time.Duration;
import java.util.List;

/**
 * Sends the create call and finds the image that it made. While the outcome of a call is in doubt, the image is looked
 * for before anything is sent again. With an idempotency token the same call returns the same image, and where names
 * are unique a second call cannot make a second image. Elsewhere the outcome stays unknown.
 */
final class Submitting {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private final Reconciler reconciler;
    private final Planning planning;

    Submitting(Reconciler reconciler) {
        this.reconciler = reconciler;
        this.planning = new Planning(reconciler);
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Result created = seen.resultOf(Effect.Create.class);
        if (created != null) {
            return created.failed()
                    ? refused(creation, memory, seen, created.error())
                    : accepted(creation, seen, created);
        }
        Submission submission = creation.submission();
        if (creation.phase() == Phase.LOCATING || submission.inDoubt()) {
            return find(creation, memory, seen);
        }
        if (submission.left()) {
            // Another process was about to send the call, so it may have arrived.
            return inDoubt(creation, memory, seen, null);
        }
        return send(creation, memory, seen);
    }

    private static Decision send(Creation creation, Memory memory, Observations seen) {
        ImageRequest request = creation.request();
        Creation leaving = creation.copy()
                .error(null)
                .submission(creation.submission().leaving(seen.cloudTime(), seen.wall()))
                .build();
        String description = creation.plan().mark().appendedTo(request.description());
        return Decision.call(
                leaving,
                memory,
                new Effect.Create(
                        request.withDescription(description), creation.plan().token()));
    }

    private Decision accepted(Creation creation, Observations seen, Result created) {
        Creation next = Reconciler.withCreated(creation, created);
        return Reconciler.next(next.to(next.image() == null ? Phase.LOCATING : Phase.BUILDING), seen);
    }

    private Decision refused(Creation creation, Memory memory, Observations seen, CloudError error) {
        boolean taken = error.kind() == ErrorKind.NAME_TAKEN;
        if (isAboutProvenance(creation, seen, error)) {
            return Reconciler.next(
                    creation.copy()
                            .request(Provenance.removedFrom(creation.request()))
                            .submission(creation.submission().refused())
                            .build(),
                    seen);
        }
        // After a call in doubt, the name may be taken and the instance busy because of this creation's own image.
        boolean mayBeOurs = creation.submission().wasInDoubt() && (taken || error.kind() == ErrorKind.BUSY);
        if (error.sideEffect() == SideEffect.POSSIBLE || mayBeOurs) {
            return inDoubt(creation, memory, seen, error);
        }
        Creation refused =
                creation.copy().submission(creation.submission().refused()).build();
        return taken ? planning.taken(refused, memory, seen, error) : reconciler.failed(refused, memory, seen, error);
    }

    /**
     * Whether the tags that the plugin adds may be the reason of a refusal: they may need a permission of their own. A
     * call that may have arrived is never followed by a different one.
     */
    static boolean isAboutProvenance(Creation creation, Observations seen, CloudError error) {
        TagSupport support = seen.capabilities().tags();
        return support != null
                && error.sideEffect() == SideEffect.NONE
                && !creation.submission().wasInDoubt()
                && (error.kind() == ErrorKind.PERMISSION || support.isRefusal(error.code()))
                && Provenance.isIn(creation.request());
    }

    private Decision inDoubt(Creation creation, Memory memory, Observations seen, @Nullable CloudError cause) {
        Creation doubtful =
                creation.copy().submission(creation.submission().doubtful()).build();
        if (cause == null) {
            return Reconciler.next(doubtful, seen);
        }
        Memory counting = Memory.since(seen.uptime()).tryAfter(seen.uptime(), memory.failures());
        return reconciler.retry(doubtful, counting, seen, cause);
    }

    private Decision find(Creation creation, Memory memory, Observations seen) {
        Result found = seen.resultOf(Effect.FindByName.class);
        if (found == null) {
            return Decision.call(
                    creation, memory, new Effect.FindByName(creation.request().imageName()));
        }
        if (found.failed()) {
            return reconciler.retry(creation, memory, seen, found.error());
        }
        List<CloudImage> namesakes = found.answer();
        Candidates candidates = Candidates.of(creation, namesakes, seen.isMarked(creation));
        if (candidates.isAmbiguous()) {
            return reconciler.end(
                    creation.copy().candidates(candidates.ids()).build(),
                    seen,
                    Outcome.FAILED,
                    several(candidates.ids()));
        }
        boolean proven = candidates.ownership() == ImageStatus.Ownership.PROVEN;
        if (candidates.only() != null && seen.late() && !proven) {
            // After the deadline, anybody may have made an image with the name.
            return reconciler.timedOut(
                    creation.copy().candidates(candidates.ids()).build(), seen);
        }
        boolean young = seen.uptime().minus(memory.since()).compareTo(Reconciler.GRACE) < 0;
        if (candidates.only() != null && !proven && young) {
            // It may belong to somebody else, and this creation's own may still appear.
            return Reconciler.later(creation, memory, seen, LOOK_AGAIN);
        }
        if (candidates.only() != null) {
            return Reconciler.next(
                    creation.to(Phase.BUILDING)
                            .copy()
                            .submission(creation.submission().accepted(null))
                            .image(ImageStatus.of(candidates.only().id(), candidates.ownership()))
                            .build(),
                    seen);
        }
        return creation.phase() == Phase.LOCATING
                ? Reconciler.later(creation, memory, seen, LOOK_AGAIN)
                : notFound(creation, memory, seen, young, !namesakes.isEmpty());
    }

    private Decision notFound(Creation creation, Memory memory, Observations seen, boolean young, boolean namesakes) {
        if (!seen.isAccountOf(creation)) {
            return reconciler.retry(
                    creation,
                    memory,
                    seen,
                    Failures.otherAccount(creation, creation.request().imageName()));
        }
        if (seen.capabilities().idempotencyToken()) {
            return send(creation, memory, seen);
        }
        if (young) {
            return new Decision(
                    creation, memory.tryAfter(seen.uptime().plus(LOOK_AGAIN), memory.failures()), null, LOOK_AGAIN);
        }
        CloudError cause = creation.error();
        if (cause != null && cause.kind() == ErrorKind.NAME_TAKEN) {
            // Names are unique and another image has this one, so ours was never made.
            Creation resolved =
                    namesakes ? creation.copy().submission(Submission.NONE).build() : creation;
            return reconciler.end(resolved, seen, Outcome.FAILED, cause);
        }
        return seen.hasUniqueName(creation)
                ? send(creation, memory, seen)
                : reconciler.end(creation, seen, Outcome.FAILED, lost(creation));
    }

    static CloudError several(List<String> ids) {
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                .message(Messages.Submitting_several(String.join(", ", ids)))
                .advice(Messages.Submitting_choose());
    }

    private static CloudError lost(Creation creation) {
        String name = creation.request().imageName();
        return CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                .message(
                        creation.isCopy()
                                ? Messages.Submitting_unknownCopy(
                                        name, creation.request().region())
                                : Messages.Submitting_unknown(name))
                .advice(Messages.Submitting_look())
                .code(null, creation.submission().requestId());
    }
}

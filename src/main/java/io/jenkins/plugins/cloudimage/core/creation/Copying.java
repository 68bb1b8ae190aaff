package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Waits until it is known which copies of the finished image can be used. Each copy has a record of its own, which
 * follows from the record of its source, so that another process makes the same one. A copy that can be used stays in
 * {@link Phase#COPIED} until its source's creation has ended: an abort concerns it too.
 */
final class Copying {
    private final Reconciler reconciler;

    Copying(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    /** The record of a copy before its first call. */
    static Creation creation(Creation source, PlannedCopy copy) {
        Plan plan = source.plan();
        Options wanted = source.options();
        // What the step wants of the image, it wants of the copies; the instance is the source's.
        Options options = new Options(false, false, wanted.onIncomplete(), wanted.ifNameExists())
                .sharedWith(wanted.shareWith())
                .retiring(wanted.retention());
        return Creation.fresh(
                copy.key(),
                new Plan(
                        plan.build(),
                        options,
                        copy.token(),
                        copy.mark(),
                        plan.started(),
                        plan.deadline(),
                        null,
                        CopyPlan.NONE,
                        source.key()),
                request(source, copy.target()),
                source.account(),
                Phase.PLANNED,
                null);
    }

    private static CopyRequest request(Creation source, CopyTarget target) {
        ImageRequest made = source.request();
        String wanted = Suffix.stem(made.imageName(), source.submission().suffix());
        return CopyRequest.of(made, Objects.requireNonNull(source.imageId()), target)
                .withOriginal(made.withImageName(wanted));
    }

    /** A copy as its source's record knows it, which can be used. */
    static Creation delivered(Creation source, PlannedCopy planned, CopyStatus status) {
        Creation copy = creation(source, planned);
        return copy.copy()
                .request(copy.request().withImageName(status.name()))
                .image(status.image())
                .ending(source.ending())
                .build();
    }

    /** The record of the source when its copies begin. */
    static Creation begun(Creation source) {
        return source.to(Phase.COPYING)
                .copy()
                .copies(source.plan().copies().copies().stream()
                        .map(copy -> CopyStatus.of(creation(source, copy), false))
                        .toList())
                .build();
    }

    Decision decide(Creation source, Memory memory, Observations seen) {
        if (source.copies().stream().allMatch(CopyStatus::isSettled)) {
            List<CopyStatus> failed =
                    source.copies().stream().filter(CopyStatus::hasFailed).toList();
            return failed.isEmpty() || source.plan().copies().mayFail()
                    ? reconciler.copied(source, seen)
                    : reconciler.end(source, seen, Outcome.FAILED, failed(source, failed));
        }
        return seen.late()
                ? reconciler.end(source, seen, Outcome.TIMED_OUT, unfinished(source))
                : Decision.wait(source, memory);
    }

    /**
     * A copy that can be used waits for the end of its source's creation.
     *
     * @param stopped how that ended, or null
     */
    Decision decideCopied(Creation copy, Memory memory, Observations seen, @Nullable Outcome stopped) {
        if (stopped == null) {
            return Decision.wait(copy, memory);
        }
        // Only an abort is a reason to delete what can be used.
        return reconciler.end(copy, seen, stopped == Outcome.ABORTED ? Outcome.ABORTED : Outcome.READY, null);
    }

    private static CloudError failed(Creation source, List<CopyStatus> failed) {
        CloudError first = failed.get(0).problem();
        String each = failed.stream()
                .map(copy -> Messages.Copying_failure(copy.region(), text(copy.problem())))
                .collect(Collectors.joining("; "));
        CloudError error = CloudError.of(first == null ? ErrorKind.FAILED_IMAGE : first.kind(), SideEffect.POSSIBLE)
                .message(Messages.Copying_failed(source.imageId(), each))
                .advice(Messages.Copying_stays());
        return first == null ? error : error.code(first.code(), first.requestId());
    }

    private static String text(@Nullable CloudError error) {
        return error == null ? "" : error.text();
    }

    private static CloudError unfinished(Creation source) {
        String regions = source.copies().stream()
                .filter(copy -> !copy.isReady())
                .map(CopyStatus::region)
                .collect(Collectors.joining(", "));
        return CloudError.of(ErrorKind.BUSY, SideEffect.POSSIBLE)
                .message(Messages.Copying_unfinished(source.imageId(), regions))
                .advice(Messages.Copying_stays());
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.util.List;

/**
 * Deletes an image while a build waits until it is gone. The calls are those of the cleanup task that deletes images; a
 * refusal ends the wait. What has begun is carried through by that task if the build ends before the image is gone.
 */
final class Deleting {
    private final Reconciler reconciler;
    private final DeleteImage task = new DeleteImage();

    Deleting(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Step step = task.next(creation, memory, seen);
        Creation next = step.creation();
        if (step.effect() != null) {
            return Decision.call(next, step.memory(), step.effect());
        }
        if (next.image().deleted()) {
            return reconciler.end(next, seen, Outcome.DELETED, null);
        }
        CloudError error = next.task(Kind.DELETE_IMAGE).orElseThrow().error();
        if (error == null) {
            return Reconciler.later(next.copy().error(null).build(), step.memory(), seen, step.pause());
        }
        boolean keyMayChange = error.kind() == ErrorKind.AUTHENTICATION || error.kind() == ErrorKind.CLOCK_SKEW;
        return keyMayChange
                ? reconciler.retry(next, step.memory(), seen, error)
                : reconciler.failed(next, step.memory(), seen, error);
    }

    /**
     * What is left to do when the wait ends. Nothing is deleted after a refusal. A record without a build ends by itself only
     * if an administrator decides about it.
     */
    static List<CleanupTask> tasks(Creation creation, Outcome outcome) {
        if (outcome == Outcome.FAILED) {
            return List.of();
        }
        boolean undecided = outcome == Outcome.ABANDONED && creation.tasks().isEmpty();
        return undecided ? List.of(CleanupTask.open(Kind.DELETE_IMAGE)) : creation.tasks();
    }

    /** The error of an image that is not gone when the time is up, if no call says why. */
    static CloudError unfinished(Creation creation) {
        return CloudError.of(ErrorKind.BUSY, SideEffect.POSSIBLE)
                .message(Messages.Deleting_unfinished(creation.imageId()))
                .advice(Messages.Deleting_later());
    }
}

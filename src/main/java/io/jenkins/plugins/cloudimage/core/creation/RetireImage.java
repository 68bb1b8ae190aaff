package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;

/**
 * Deletes an image as {@link DeleteImage} does. If the image is retired, each deletion call looks right before whether
 * something protects the image.
 */
final class RetireImage implements CleaningUp.Task {
    private final DeleteImage deletion = new DeleteImage();
    private final Predecessors predecessors;

    RetireImage(Predecessors predecessors) {
        this.predecessors = predecessors;
    }

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        if (creation.outcome() != Outcome.RETIRED) {
            return deletion.next(creation, memory, seen);
        }
        Result result = seen.resultOf(Effect.DeleteRetired.class);
        if (result == null) {
            Step step = deletion.next(creation, memory, seen);
            return step.effect() instanceof Effect.Delete delete
                    ? Step.call(
                            step.creation(),
                            step.memory(),
                            new Effect.DeleteRetired(step.creation(), delete, predecessors))
                    : step;
        }
        if (result.failed() && result.error().kind() != ErrorKind.NOT_FOUND) {
            return Step.failed(creation, memory, Kind.DELETE_IMAGE, result.error());
        }
        boolean stays = !result.failed() && result.answer() == Predecessors.Look.PROTECTED;
        return stays
                ? Step.done(creation, memory, Kind.DELETE_IMAGE)
                : Step.call(creation, memory, new Effect.Describe(creation.imageId()));
    }
}

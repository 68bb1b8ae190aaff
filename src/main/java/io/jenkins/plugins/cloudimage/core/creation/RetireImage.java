package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;

/**
 * Deletes an image as {@link DeleteImage} does. If the image is retired, it is not deleted while another build uses it,
 * and each deletion call looks right before whether something protects the image.
 */
final class RetireImage implements CleaningUp.Task {
    /** Until it is looked again whether another build still uses the image. */
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

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
            if (!(step.effect() instanceof Effect.Delete delete)) {
                return step;
            }
            return seen.imageHolder() == null
                    ? Step.call(
                            step.creation(),
                            step.memory(),
                            new Effect.DeleteRetired(step.creation(), delete, predecessors))
                    : Step.again(step.creation(), step.memory(), Kind.DELETE_IMAGE, LOOK_AGAIN);
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

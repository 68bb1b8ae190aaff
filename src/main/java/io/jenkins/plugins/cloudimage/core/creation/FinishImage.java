package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Waits for the image of a build that is gone. It is only inferred that nobody wants the image, so it is deleted only
 * in a failed state, and only if the user asked for that.
 */
final class FinishImage implements CleaningUp.Task {
    private static final Kind KIND = Kind.FINISH_IMAGE;
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        ImageStatus image = Objects.requireNonNull(creation.image());
        Result result = seen.result();
        if (result == null) {
            return Step.call(creation, memory, new Effect.Describe(image.id()));
        }
        if (result.failed()) {
            return Step.failed(creation, memory, KIND, result.error());
        }
        List<CloudImage> images = result.answer();
        if (images.isEmpty()) {
            return absent(creation, memory, seen);
        }
        CloudImage now = images.get(0);
        Creation looked =
                creation.copy().image(image.seen(now)).account(seen.account()).build();
        if (now.state() == ImageState.PENDING) {
            return Step.again(looked, memory.absent(null), KIND, LOOK_AGAIN);
        }
        boolean delete =
                now.state() == ImageState.FAILED && creation.options().onIncomplete() == Options.OnIncomplete.DELETE;
        return Step.done(delete ? CleaningUp.plus(looked, Kind.DELETE_IMAGE) : looked, memory, KIND);
    }

    private static Step absent(Creation creation, Memory memory, Observations seen) {
        if (!seen.isAccountOf(creation)) {
            return Step.otherAccount(creation, memory, KIND, creation.imageId());
        }
        Duration since = memory.absentSince() == null ? seen.uptime() : memory.absentSince();
        boolean gone = seen.uptime().minus(since).compareTo(Building.GONE_AFTER) >= 0;
        return gone
                ? Step.done(creation.copy().image(creation.image().gone()).build(), memory, KIND)
                : Step.again(creation, memory.absent(since), KIND, LOOK_AGAIN);
    }
}

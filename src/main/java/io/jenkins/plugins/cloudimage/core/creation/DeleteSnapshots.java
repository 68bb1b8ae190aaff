package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Deletes the snapshots that the image left, once the image is gone. */
final class DeleteSnapshots implements CleaningUp.Task {
    private static final Kind KIND = Kind.DELETE_SNAPSHOTS;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        ImageStatus image = Objects.requireNonNull(creation.image());
        Result result = seen.result();
        if (result == null) {
            if (creation.isOpen(Kind.DELETE_IMAGE)) {
                return Step.again(creation, memory, KIND, LOOK_AGAIN);
            }
            if (!image.deleted()) {
                return Step.needsPerson(
                        creation, memory, KIND, Stuck.of(creation, CleanupTask.open(Kind.DELETE_IMAGE)));
            }
            return image.snapshots().isEmpty()
                    ? Step.done(creation, memory, KIND)
                    : Step.call(
                            creation,
                            memory,
                            new Effect.DeleteSnapshot(image.snapshots().get(0)));
        }
        boolean unknown = result.failed() && result.error().kind() == ErrorKind.NOT_FOUND;
        List<String> left = new ArrayList<>(image.snapshots());
        String first = left.remove(0);
        if (unknown && !seen.isAccountOf(creation)) {
            return Step.otherAccount(creation, memory, KIND, first);
        }
        boolean gone = unknown || !result.failed();
        if (!gone) {
            // The next attempt begins with another snapshot.
            left.add(first);
        }
        Creation next = creation.copy().image(image.leaving(left)).build();
        return gone ? new Step(next, memory, null, Duration.ZERO) : Step.failed(next, memory, KIND, result.error());
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.Observations.Sighting;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Judges what the poller saw of the image: ready, failed, gone, or no change. A failed poll ends nothing. An image is
 * gone if it was seen once and is missing in every listing over {@link #GONE_AFTER}.
 */
final class Building {
    /** Longer than the grace period, because a stale list must not end the wait for a healthy image. */
    static final Duration GONE_AFTER = Duration.ofMinutes(30);

    private final Reconciler reconciler;

    Building(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Sighting sighting = seen.sighting();
        CloudImage image = sighting == null ? null : sighting.image();
        if (image != null && image.state() != ImageState.PENDING) {
            return finished(creation, memory, seen, image);
        }
        // After a restart the image is looked up once before the deadline counts.
        boolean looked = sighting != null || seen.uptime().minus(memory.since()).compareTo(Reconciler.GRACE) >= 0;
        if (seen.late() && looked) {
            Creation last = image == null
                    ? creation
                    : creation.copy().image(status(creation).seen(image)).build();
            return reconciler.timedOut(last, seen);
        }
        if (image != null) {
            Creation building = creation.copy()
                    .image(status(creation).seen(image))
                    .account(seen.account())
                    .error(null)
                    .build();
            return Decision.wait(building, memory.absent(null));
        }
        CloudError problem = seen.keyError() != null ? seen.keyError() : sighting == null ? null : sighting.error();
        if (problem != null) {
            return Decision.wait(creation.copy().error(problem).build(), memory);
        }
        return sighting == null ? Decision.wait(creation, memory) : absent(creation, memory, seen, sighting);
    }

    private Decision finished(Creation creation, Memory memory, Observations seen, CloudImage image) {
        Creation last = creation.copy()
                .image(status(creation).seen(image))
                .account(seen.account())
                .build();
        if (image.state() == ImageState.READY) {
            return status(creation).ownership() == ImageStatus.Ownership.LIKELY
                    ? likely(last, memory, seen)
                    : reconciler.ready(last, seen);
        }
        return reconciler.end(
                last,
                seen,
                Outcome.FAILED,
                error(creation, Messages.Building_failed(image.id(), image.cloudState()))
                        .advice(Messages.Building_look()));
    }

    /** Before an image of likely ownership is delivered, it must still be the only candidate. */
    private Decision likely(Creation creation, Memory memory, Observations seen) {
        Result found = seen.resultOf(Effect.FindByName.class);
        if (found == null && seen.late()) {
            return reconciler.timedOut(creation, seen);
        }
        if (found == null && seen.busy()) {
            return Decision.wait(creation, memory);
        }
        if (found == null) {
            Duration pause = memory.notBefore().minus(seen.uptime());
            return pause.isNegative() || pause.isZero()
                    ? Decision.call(
                            creation,
                            memory,
                            new Effect.FindByName(creation.request().imageName()))
                    : new Decision(creation, memory, null, pause);
        }
        if (found.failed()) {
            return reconciler.retry(creation, memory, seen, found.error());
        }
        Set<String> ids = new LinkedHashSet<>(
                Candidates.of(creation, found.answer(), false).ids());
        ids.add(status(creation).id());
        List<String> candidates = List.copyOf(ids);
        return ids.size() == 1
                ? reconciler.ready(creation, seen)
                : reconciler.end(
                        creation.copy().image(null).candidates(candidates).build(),
                        seen,
                        Outcome.FAILED,
                        Submitting.several(candidates));
    }

    private Decision absent(Creation creation, Memory memory, Observations seen, Sighting sighting) {
        if (!seen.isAccountOf(creation)) {
            CloudError error = Failures.otherAccount(creation, creation.imageId());
            return Decision.wait(creation.copy().error(error).build(), memory);
        }
        Duration since = memory.absentSince() == null ? sighting.at() : memory.absentSince();
        ImageStatus status = status(creation);
        if (status.cloudState() == null || sighting.at().minus(since).compareTo(GONE_AFTER) < 0) {
            return Decision.wait(creation, memory.absent(since));
        }
        return reconciler.end(
                creation,
                seen,
                Outcome.FAILED,
                error(creation, Messages.Building_gone(status.id(), status.cloudState()))
                        .advice(Messages.Building_whoDeleted()));
    }

    private static ImageStatus status(Creation creation) {
        return Objects.requireNonNull(creation.image());
    }

    private static CloudError error(Creation creation, String message) {
        return CloudError.of(ErrorKind.FAILED_IMAGE, SideEffect.POSSIBLE)
                .message(message)
                .code(null, creation.submission().requestId());
    }
}

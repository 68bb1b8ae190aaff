package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Looks whether an image may be deleted, as a build asks: it is proven that this controller made it, or the build says
 * that this does not matter; it belongs to the account; no instance uses it; no other record needs it. Nothing is changed.
 */
final class Checking {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    /** The maximum number of instances in a message. */
    private static final int NAMED = 20;

    private final Reconciler reconciler;

    Checking(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Deletion deletion = Objects.requireNonNull(creation.deletion());
        if (!deletion.isProven() && !deletion.notOurs()) {
            return reconciler.end(creation, seen, Outcome.FAILED, unproven(deletion.imageId()));
        }
        if (seen.imageHolder() != null) {
            CloudError needed = CloudError.of(ErrorKind.BUSY, SideEffect.NONE)
                    .message(Messages.Checking_needed(
                            deletion.imageId(), seen.imageHolder().build()))
                    .advice(Messages.Planning_waits());
            return reconciler.retry(creation, memory, seen, needed);
        }
        Result result = seen.result();
        if (result == null) {
            return Decision.call(creation, memory, new Effect.Describe(deletion.imageId()));
        }
        if (result.failed()) {
            boolean unknown =
                    result.effect() instanceof Effect.Describe && result.error().kind() == ErrorKind.NOT_FOUND;
            return unknown
                    ? absent(creation, memory, seen, deletion)
                    : reconciler.failed(creation, memory, seen, result.error());
        }
        if (result.effect() instanceof Effect.ListInstances) {
            List<String> instances = result.answer();
            return instances.isEmpty()
                    ? delete(creation, seen)
                    : reconciler.end(creation, seen, Outcome.FAILED, inUse(deletion.imageId(), instances));
        }
        List<CloudImage> images = result.answer();
        List<CloudImage> same = images.stream()
                .filter(image -> image.id().equals(deletion.imageId()))
                .toList();
        if (result.effect() instanceof Effect.Describe) {
            return same.isEmpty()
                    ? absent(creation, memory, seen, deletion)
                    : present(creation, memory, seen, same.get(0));
        }
        if (same.isEmpty()) {
            return reconciler.end(creation, seen, Outcome.FAILED, ofAnother(deletion.imageId()));
        }
        return deletion.force()
                ? delete(creation, seen)
                : Decision.call(creation, memory, new Effect.ListInstances(deletion.imageId()));
    }

    /** Clouds describe public images and those of other accounts too; a search by name finds the account's own only. */
    private static Decision present(Creation creation, Memory memory, Observations seen, CloudImage image) {
        Creation looked = creation.copy()
                .image(creation.image().seen(image))
                .account(seen.account())
                .build();
        return Decision.call(looked, memory.absent(null), new Effect.FindByName(image.name()));
    }

    /** It has just been looked who uses the image, so the first attempt goes on with what follows. */
    private static Decision delete(Creation creation, Observations seen) {
        Creation deleting = CleaningUp.plus(creation.to(Phase.DELETING), CleanupTask.Kind.DELETE_IMAGE);
        return Decision.call(deleting, Memory.since(seen.uptime()), new Effect.ListSnapshots(creation.imageId()));
    }

    /** An image that this controller made is gone once every listing over the grace period lacks it. */
    private Decision absent(Creation creation, Memory memory, Observations seen, Deletion deletion) {
        if (!deletion.isProven()) {
            CloudError error = CloudError.of(ErrorKind.NOT_FOUND, SideEffect.NONE)
                    .message(Messages.Checking_noImage(
                            deletion.imageId(), creation.request().region()))
                    .advice(Messages.Checking_check());
            return reconciler.end(creation, seen, Outcome.FAILED, error);
        }
        if (!seen.isAccountOf(creation)) {
            return reconciler.end(creation, seen, Outcome.FAILED, Failures.otherAccount(creation, deletion.imageId()));
        }
        Duration since = memory.absentSince() == null ? seen.uptime() : memory.absentSince();
        if (seen.uptime().minus(since).compareTo(Reconciler.GRACE) < 0) {
            return Reconciler.later(creation, memory.absent(since), seen, LOOK_AGAIN);
        }
        Creation gone = creation.copy().image(creation.image().gone()).build();
        return reconciler.end(gone, seen, Outcome.DELETED, null);
    }

    private static CloudError unproven(String image) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.Checking_unproven(image))
                .advice(Messages.Checking_notOurs());
    }

    private static CloudError ofAnother(String image) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.Checking_ofAnother(image))
                .advice(Messages.Checking_onlyOwn());
    }

    static CloudError inUse(String image, List<String> instances) {
        String named = String.join(", ", instances.subList(0, Math.min(NAMED, instances.size())));
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.Checking_inUse(image, instances.size() > NAMED ? named + ", …" : named))
                .advice(Messages.Checking_force());
    }
}

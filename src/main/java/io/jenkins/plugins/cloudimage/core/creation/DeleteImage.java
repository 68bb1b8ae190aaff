package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Deletes an image until it is gone, which means that every listing over the grace period lacks it. The snapshots that
 * it leaves are noted first, because afterwards the cloud no longer tells whose they were. Where a build asks for the
 * deletion, each attempt begins with a look at the instances that use the image.
 */
final class DeleteImage implements CleaningUp.Task {
    private static final Kind KIND = Kind.DELETE_IMAGE;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(20);
    /** Until it is looked again which accounts are left. */
    private static final Duration NEXT_UNSHARE = Duration.ofSeconds(2);
    /** How long the cloud may take until it knows an image whose id it has just returned. */
    private static final Duration SETTLING = Duration.ofMinutes(10);

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        ImageStatus image = Objects.requireNonNull(creation.image());
        if (!image.isOurs()) {
            throw new IllegalStateException("Not proven to be ours: " + image.id());
        }
        Result result = seen.result();
        Duration age = seen.uptime().minus(memory.since());
        if (result == null && creation.submission().wasInDoubt() && age.compareTo(Reconciler.GRACE) < 0) {
            // While the image exists, a create call that is still on its way finds the name taken.
            return Step.again(creation, memory, KIND, Reconciler.GRACE.minus(age));
        }
        if (result == null) {
            Effect first = wasListed(image) && memory.absentSince() == null
                    ? first(creation)
                    : new Effect.Describe(image.id());
            return Step.call(creation, memory, first);
        }
        boolean unknown = result.failed() && result.error().kind() == ErrorKind.NOT_FOUND;
        if (result.failed() && !unknown) {
            return Step.failed(creation, memory, KIND, result.error());
        }
        if (result.effect() instanceof Effect.Describe) {
            List<CloudImage> images = unknown ? List.of() : result.answer();
            return images.isEmpty() ? absent(creation, memory, seen) : present(creation, memory, seen, images.get(0));
        }
        if (result.effect() instanceof Effect.ListInstances && !unknown) {
            List<String> instances = result.answer();
            return instances.isEmpty()
                    ? Step.call(creation, memory, new Effect.ListSnapshots(image.id()))
                    : Step.needsPerson(creation, memory, KIND, Checking.inUse(image.id(), instances));
        }
        if (result.effect() instanceof Effect.ListSnapshots && !unknown) {
            Creation noted = noted(creation, image, result.answer());
            return creation.deletion() == null && sharedByUs(image).isEmpty()
                    ? delete(noted, memory)
                    : Step.call(noted, memory, new Effect.ListShares(image.id(), false));
        }
        if (result.effect() instanceof Effect.ListShares && !unknown) {
            List<String> listed = result.answer();
            List<String> mayEnd = creation.deletion() == null
                    ? sharedByUs(image).stream().filter(listed::contains).toList()
                    : listed;
            return unshare(creation, memory, seen, mayEnd);
        }
        if (result.effect() instanceof Effect.Unshare && !unknown) {
            return Step.again(creation, memory, KIND, NEXT_UNSHARE);
        }
        return Step.call(creation, memory, new Effect.Describe(image.id()));
    }

    private static Step delete(Creation creation, Memory memory) {
        Deletion deletion = creation.deletion();
        return Step.call(creation, memory, new Effect.Delete(creation.imageId(), deletion != null && deletion.force()));
    }

    /** The call with which an attempt begins. */
    static Effect first(Creation creation) {
        Deletion deletion = creation.deletion();
        return deletion == null || deletion.force()
                ? new Effect.ListSnapshots(creation.imageId())
                : new Effect.ListInstances(creation.imageId());
    }

    /**
     * Clouds do not delete a shared image. What somebody else has shared stays so, and the image with it, unless a build
     * asks for the deletion of the image.
     */
    private static List<String> sharedByUs(ImageStatus image) {
        return image.shares() == null ? List.of() : image.shares().sent();
    }

    private static Step unshare(Creation creation, Memory memory, Observations seen, List<String> accounts) {
        if (accounts.isEmpty()) {
            return delete(creation, memory);
        }
        int most = seen.capabilities().sharing().removedPerCall();
        List<String> some = List.copyOf(accounts.subList(0, Math.min(most, accounts.size())));
        return Step.call(creation, memory, new Effect.Unshare(creation.imageId(), some));
    }

    /** The absence of an image that no list has ever contained proves little. */
    private static boolean wasListed(ImageStatus image) {
        return image.cloudState() != null;
    }

    private static Creation noted(Creation creation, ImageStatus image, List<String> left) {
        Set<String> all = new LinkedHashSet<>(image.snapshots());
        if (!all.addAll(left)) {
            return creation;
        }
        Creation noted =
                creation.copy().image(image.leaving(new ArrayList<>(all))).build();
        return CleaningUp.plus(noted, Kind.DELETE_SNAPSHOTS);
    }

    /** The deletion is in progress, or the listing that lacked the image was stale. */
    private static Step present(Creation creation, Memory memory, Observations seen, CloudImage now) {
        Creation looked = creation.copy()
                .image(creation.image().seen(now))
                .account(seen.account())
                .build();
        if (!wasListed(creation.image())) {
            return Step.call(looked, memory.absent(null), first(looked));
        }
        return Step.again(looked, memory.absent(null), KIND, LOOK_AGAIN);
    }

    private static Step absent(Creation creation, Memory memory, Observations seen) {
        ImageStatus image = creation.image();
        if (!seen.isAccountOf(creation)) {
            return Step.otherAccount(creation, memory, KIND, image.id());
        }
        if (!wasListed(image) && memory.absentSince() == null) {
            // It is deleted anyway: some clouds know an image before they list it.
            return Step.call(creation, memory.absent(seen.uptime()), first(creation));
        }
        Duration since = memory.absentSince() == null ? seen.uptime() : memory.absentSince();
        Duration enough = wasListed(image) ? Reconciler.GRACE : SETTLING;
        return seen.uptime().minus(since).compareTo(enough) >= 0
                ? Step.done(creation.copy().image(image.gone()).build(), memory, KIND)
                : Step.again(creation, memory.absent(since), KIND, LOOK_AGAIN);
    }
}

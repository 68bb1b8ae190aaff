package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * The names and instances that other creations need. They are computed from the records each time, so nothing has to be
 * released and nothing can leak.
 *
 * @param others the creations of this controller, except those that wait for a person
 */
record Reservations(Collection<Entry> others) {

    /**
     * The creation that needs a name or an instance.
     *
     * @param isRunning whether the build waits for its image in this process; if not, the name is being cleaned up, or
     *     the build has not resumed yet
     */
    record Holder(String build, boolean isRunning) {}

    /**
     * The creation that uses the name in the same account and region, or null.
     *
     * @param namesakes the images with the name; one of them may belong to another creation, because it is in doubt or
     *     was renamed
     */
    @Nullable
    Holder holderOfName(Creation creation, List<CloudImage> namesakes) {
        return holder(other -> !other.key().equals(creation.key())
                && Objects.equals(other.account(), creation.account())
                && isSamePlace(other, creation)
                && (holdsName(other)
                                && other.request()
                                        .imageName()
                                        .equals(creation.request().imageName())
                        || namesakes.stream().anyMatch(image -> holdsImage(other, image))));
    }

    /** The creation that depends on the instance's power state, or null. */
    @Nullable
    Holder holderOfInstance(Creation creation) {
        String instance = creation.request().instanceId();
        return holder(other -> instance != null
                && !other.key().equals(creation.key())
                && holdsInstance(other)
                && instance.equals(other.request().instanceId())
                && isSamePlace(other, creation));
    }

    @Nullable
    private Holder holder(Predicate<Creation> isHolder) {
        return others.stream()
                .filter(other -> isHolder.test(other.creation))
                .map(other -> new Holder(other.creation.build().build(), other.awaited && !other.creation.ended()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isSamePlace(Creation one, Creation other) {
        return one.request().original().getClass() == other.request().original().getClass()
                && one.request().region().equals(other.request().region());
    }

    /** A planned creation reserves nothing, because it may find that another image has the name. */
    private static boolean holdsName(Creation creation) {
        return !creation.reused()
                && !creation.request().dryRun()
                && (!creation.ended() && creation.phase() != Phase.PLANNED
                        || creation.isOpen(CleanupTask.Kind.FINISH_IMAGE)
                        || creation.isOpen(CleanupTask.Kind.DELETE_IMAGE));
    }

    /** Whether the image belongs to another creation that may still delete it. */
    private static boolean holdsImage(Creation creation, CloudImage image) {
        return holdsName(creation) && image.id().equals(creation.imageId())
                || creation.isOpen(CleanupTask.Kind.FIND_IMAGE)
                        && creation.plan().mark().isIn(image.description());
    }

    private static boolean holdsInstance(Creation creation) {
        return creation.phase() == Phase.PREPARING
                || !creation.ended() && creation.instance() != null
                || creation.isOpen(CleanupTask.Kind.START_INSTANCE);
    }
}

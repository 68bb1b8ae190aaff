package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
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

    /**
     * The record that needs the image which another one is to delete, or null: one that makes, copies, shares or reuses
     * it, that has tasks about it or about a copy of it, or that was asked to delete it before.
     *
     * @param namesakes the images with its name, once they are known
     */
    @Nullable
    Holder holderOfImage(Creation deletion, List<CloudImage> namesakes) {
        return holder(other -> !other.key().equals(deletion.key())
                && (isSamePlace(other, deletion)
                                && (deletion.imageId().equals(other.imageId())
                                        ? needsImage(other, deletion)
                                        : mayMake(other, deletion.imageId(), namesakes))
                        || copies(other, deletion)));
    }

    /** The creation that still copies, shares or reuses the image of a retirement, or null. */
    @Nullable
    Holder userOfImage(Creation retirement) {
        return holder(other -> other.deletion() == null
                && !other.ended()
                && isSamePlace(other, retirement)
                && retirement.imageId().equals(other.imageId()));
    }

    /** Whether a copy of the image may still be made; it is made in another region. */
    private static boolean copies(Creation other, Creation deletion) {
        return other.request() instanceof CopyRequest copy
                && copy.imageId().equals(deletion.imageId())
                && isSamePlace(copy.original(), deletion.request())
                && (!other.ended()
                        || other.isOpen(CleanupTask.Kind.FIND_IMAGE)
                        || other.isOpen(CleanupTask.Kind.FINISH_IMAGE));
    }

    private static boolean needsImage(Creation other, Creation deletion) {
        return other.phase() == Phase.CHECKING
                ? isBefore(other, deletion)
                : !other.ended() || other.tasks().stream().anyMatch(Reservations::isOpenForImage);
    }

    /** Whether the image may be that of a creation whose create call has not been answered yet. */
    private static boolean mayMake(Creation other, String imageId, List<CloudImage> namesakes) {
        return (!other.ended() || other.isOpen(CleanupTask.Kind.FIND_IMAGE))
                && other.mayHaveLostImage()
                && namesakes.stream()
                        .anyMatch(image -> image.id().equals(imageId)
                                && image.name().equals(other.request().imageName()));
    }

    private static boolean isOpenForImage(CleanupTask task) {
        return task.isOpen() && task.kind() != CleanupTask.Kind.START_INSTANCE;
    }

    private static boolean isBefore(Creation one, Creation other) {
        int order = one.plan().started().compareTo(other.plan().started());
        return order < 0 || order == 0 && one.key().compareTo(other.key()) < 0;
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
        return isSamePlace(one.request(), other.request());
    }

    private static boolean isSamePlace(ImageRequest one, ImageRequest other) {
        return one.original().getClass() == other.original().getClass()
                && one.region().equals(other.region());
    }

    /** A planned creation reserves nothing, because it may find that another image has the name. */
    private static boolean holdsName(Creation creation) {
        return !creation.reused()
                && !creation.dryRun()
                && (!creation.ended() && creation.phase() != Phase.PLANNED
                        || creation.isOpen(CleanupTask.Kind.FINISH_IMAGE)
                        || creation.isOpen(CleanupTask.Kind.DELETE_IMAGE));
    }

    /** Whether the image belongs to another creation that may still delete it. */
    private static boolean holdsImage(Creation creation, CloudImage image) {
        return holdsName(creation) && image.id().equals(creation.imageId())
                || creation.isOpen(CleanupTask.Kind.FIND_IMAGE) && mayHaveLost(creation, image);
    }

    /** Without a description there is no mark, but the response to the create call may still name the image. */
    private static boolean mayHaveLost(Creation creation, CloudImage image) {
        return image.description() == null
                ? image.name().equals(creation.request().imageName())
                : creation.plan().mark().isIn(image.description());
    }

    private static boolean holdsInstance(Creation creation) {
        return creation.phase() == Phase.PREPARING
                || !creation.ended() && creation.instance() != null
                || creation.isOpen(CleanupTask.Kind.START_INSTANCE);
    }
}

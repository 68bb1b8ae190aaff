package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import java.util.List;
import java.util.Objects;

/**
 * The image of a creation as it was last seen.
 *
 * @param cloudState the cloud's name of the state, or null if the image was never seen
 * @param percent the progress, 0 to 100, or null if the cloud does not report it
 * @param snapshots ids of the snapshots that its deletion leaves, noted before the deletion
 * @param deleted whether it was deleted and is confirmed gone
 * @param shares with whom it is shared, or null if it is not known to be ready or is neither to be copied nor shared
 */
public record ImageStatus(
        String id,
        Ownership ownership,
        @Nullable String cloudState,
        @Nullable Integer percent,
        List<String> snapshots,
        boolean deleted,
        @Nullable Shares shares) {

    /** How certain it is that a creation made an image. */
    public enum Ownership {
        /**
         * The response to the create call contained the id, the same idempotency token returned it, or the image
         * carries the mark. Only such an image is deleted without asking.
         */
        PROVEN,
        /** The cloud has no place for a mark, and this is the only new image with the name and the source. */
        LIKELY,
        /**
         * An administrator confirmed that it belongs to this creation, or a build asks for its deletion although nothing
         * proves who made it. It is deleted only if that was asked for.
         */
        CONFIRMED,
        /** It existed before and is reused. It is never deleted, and only shared if the user asks for that. */
        REUSED
    }

    /** A null list becomes an empty one. */
    public ImageStatus {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(ownership, "ownership");
        snapshots = snapshots == null ? List.of() : List.copyOf(snapshots);
    }

    static ImageStatus of(String id, Ownership ownership) {
        return new ImageStatus(id, ownership, null, null, List.of(), false, null);
    }

    static ImageStatus of(CloudImage image, Ownership ownership) {
        return of(image.id(), ownership).seen(image);
    }

    ImageStatus seen(CloudImage image) {
        return new ImageStatus(id, ownership, image.cloudState(), image.percent(), snapshots, deleted, shares);
    }

    ImageStatus leaving(List<String> left) {
        return new ImageStatus(id, ownership, cloudState, percent, left, deleted, shares);
    }

    ImageStatus sharing(Shares next) {
        return new ImageStatus(id, ownership, cloudState, percent, snapshots, deleted, next);
    }

    ImageStatus gone() {
        return new ImageStatus(id, ownership, cloudState, percent, snapshots, true, shares);
    }

    ImageStatus essence() {
        return new ImageStatus(id, ownership, null, null, snapshots, deleted, shares == null ? null : shares.essence());
    }

    boolean isOurs() {
        return ownership == Ownership.PROVEN || ownership == Ownership.CONFIRMED;
    }
}

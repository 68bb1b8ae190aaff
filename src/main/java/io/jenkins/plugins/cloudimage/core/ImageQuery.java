package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of an account's own images to find. An image has to meet every criterion that is not null.
 *
 * @param namePrefix how its name begins
 * @param imageFamily its image family
 * @param tag one of its tags
 * @param ids its id is one of these
 */
public record ImageQuery(
        @CheckForNull String namePrefix,
        @CheckForNull String imageFamily,
        @CheckForNull TagFilter tag,
        @CheckForNull Set<String> ids) {

    /** Criteria that not every cloud has. */
    public enum Criterion {
        /** The cloud groups images into families. */
        IMAGE_FAMILY,
        /** The cloud's images have tags. */
        TAG
    }

    /** The newest image comes last. Images without a date are older than all others; of two equal ones, the id decides. */
    private static final Comparator<CloudImage> AGE = Comparator.comparing(
                    CloudImage::created, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(CloudImage::id);

    public ImageQuery {
        ids = ids == null ? null : Set.copyOf(ids);
    }

    /** The same query for some images only. */
    public ImageQuery among(Collection<String> imageIds) {
        return new ImageQuery(namePrefix, imageFamily, tag, Set.copyOf(imageIds));
    }

    /**
     * Whether an image can be used and meets the criteria.
     *
     * @param family its image family, or null if it has none
     * @param tags its tags, by key
     */
    public boolean matches(CloudImage image, @CheckForNull String family, Map<String, String> tags) {
        return image.state() == ImageState.READY
                && (namePrefix == null || image.name().startsWith(namePrefix))
                && (imageFamily == null || imageFamily.equals(family))
                && (tag == null || tag.matches(tags))
                && (ids == null || ids.contains(image.id()));
    }

    /** The image that the cloud created last. */
    public static Optional<CloudImage> newest(Collection<CloudImage> images) {
        return images.stream().max(AGE);
    }
}

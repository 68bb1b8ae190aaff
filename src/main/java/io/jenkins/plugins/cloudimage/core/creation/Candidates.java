package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which of the images with a name belong to a creation, if the response to its create call has no id or was lost.
 * Where images keep a description, only the mark in it counts. Elsewhere an image is at best likely: the only one that
 * is new, made from the same source, and not dated before the create call by the cloud's clock.
 *
 * @param images distinct images; if there are several, it is unknown which one belongs to the creation
 */
record Candidates(ImageStatus.Ownership ownership, List<CloudImage> images) {

    static Candidates of(Creation creation, List<CloudImage> namesakes, boolean marks) {
        Map<String, CloudImage> distinct = new LinkedHashMap<>();
        namesakes.stream()
                .filter(image -> marks ? creation.plan().mark().isIn(image.description()) : isLikely(creation, image))
                .forEach(image -> distinct.put(image.id(), image));
        Collection<CloudImage> images = distinct.values();
        return new Candidates(marks ? ImageStatus.Ownership.PROVEN : ImageStatus.Ownership.LIKELY, List.copyOf(images));
    }

    private static boolean isLikely(Creation creation, CloudImage image) {
        Submission submission = creation.submission();
        Instant submitted = submission.cloudTime();
        Instant created = image.created();
        String wanted = creation.request().instanceId();
        return !submission.namesakes().contains(image.id())
                && submitted != null
                && created != null
                // Some clouds date images to the minute.
                && !created.isBefore(submitted.truncatedTo(ChronoUnit.MINUTES))
                && (wanted == null || wanted.equals(image.sourceId()));
    }

    /** The only candidate, or null. */
    @Nullable
    CloudImage only() {
        return images.size() == 1 ? images.get(0) : null;
    }

    boolean isAmbiguous() {
        return images.size() > 1;
    }

    List<String> ids() {
        return images.stream().map(CloudImage::id).toList();
    }
}

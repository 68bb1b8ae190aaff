package io.jenkins.plugins.cloudimage.core.alibaba;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers snapshots whose image is deleted already. The cloud deletes images in the background and refuses to delete
 * their snapshots until it has finished; once the image is gone nothing at the cloud tells which snapshots were its own.
 * The memory ends with the process.
 */
public final class SnapshotLeftovers {
    private final Map<String, List<String>> byImage = new ConcurrentHashMap<>();

    /**
     * Finds what is left of an image.
     *
     * @param imageId the image
     * @return ids of snapshots; empty if nothing is known
     */
    List<String> of(String imageId) {
        return byImage.getOrDefault(imageId, List.of());
    }

    /**
     * Notes what is left.
     *
     * @param imageId the image
     * @param snapshots ids of snapshots; none to forget the image
     */
    void set(String imageId, List<String> snapshots) {
        if (snapshots.isEmpty()) {
            byImage.remove(imageId);
        } else {
            byImage.put(imageId, List.copyOf(snapshots));
        }
    }
}

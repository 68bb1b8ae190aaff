package io.jenkins.plugins.cloudimage.core;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One account in one region of a cloud: all that the creation of an image needs of it, and no more. Every call is one
 * blocking exchange (at most a few, where the cloud pages) that ends within the transport's time-outs; none is repeated
 * behind the caller's back, except once when the cloud refused it for a wrong clock. Implementations are safe for use
 * by several threads.
 */
public interface Cloud {

    /**
     * Asks for an image. The request was checked before.
     *
     * @param token the same for every attempt at one image, at most 64 printable ASCII characters; used where
     *     {@link Capabilities#idempotencyToken()}
     * @return the cloud's answer
     * @throws CloudException when it was refused, or its outcome is unknown: {@link CloudError#acted()} tells which
     */
    CreateAnswer create(ImageRequest request, String token) throws CloudException;

    /**
     * Describes images.
     *
     * @param imageIds ids, at most {@link Capabilities#describeBatch()}
     * @return the images that the cloud knows, in any order; unknown ids are left out
     */
    List<CloudImage> describe(Collection<String> imageIds) throws CloudException;

    /** Finds the account's own images that bear exactly this name, in any state. */
    List<CloudImage> findByName(String name) throws CloudException;

    /**
     * Deletes an image and, but for {@link #snapshotsLeftBy}, the snapshots that were made for it.
     *
     * @throws CloudException when the call failed; of kind {@link ErrorKind#BUSY} while the image cannot be deleted yet,
     *     {@link ErrorKind#NOT_FOUND} when it is gone
     */
    void delete(String imageId) throws CloudException;

    /**
     * Tells which snapshots will be left of an image that is deleted. It is asked before: once the image is gone, nothing
     * tells what was its own. Most clouds delete them with the image, so none are left.
     *
     * @return ids of the snapshots that were made for this image and for nothing else
     * @throws CloudException when the call failed; some clouds name no snapshots of an unknown image, others answer
     *     {@link ErrorKind#NOT_FOUND}
     */
    default List<String> snapshotsLeftBy(String imageId) throws CloudException {
        return List.of();
    }

    /**
     * Deletes a snapshot that is left of an image.
     *
     * @throws CloudException when the call failed; of kind {@link ErrorKind#BUSY} while the image is still being deleted,
     *     {@link ErrorKind#NOT_FOUND} when the snapshot is gone
     */
    default void deleteSnapshot(String snapshotId) throws CloudException {
        throw new IllegalArgumentException("This cloud leaves no snapshots: " + snapshotId);
    }

    /**
     * Reads a machine's power state.
     *
     * @throws CloudException when the call failed; of kind {@link ErrorKind#NOT_FOUND} when there is no such machine
     */
    PowerState powerState(String instanceId) throws CloudException;

    /** Shuts a machine down, gently where the cloud can. The call returns before the machine has stopped. */
    void stop(String instanceId) throws CloudException;

    /** Starts a stopped machine. The call returns before the machine runs. */
    void start(String instanceId) throws CloudException;

    /**
     * Reads how many images the account may keep.
     *
     * @return the quota, or empty where the cloud does not tell
     */
    Optional<Quota> quota() throws CloudException;

    /**
     * Tells the time by the cloud's clock at its last response. Nothing is sent.
     *
     * @return the {@code Date} header of the response to this client's last call, or empty without one
     */
    Optional<Instant> time();

    /**
     * Makes one harmless authenticated call.
     *
     * @return the permission that it proved, as the cloud's access management calls it
     */
    String probe() throws CloudException;
}

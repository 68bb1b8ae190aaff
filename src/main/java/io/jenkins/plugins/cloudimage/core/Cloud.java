package io.jenkins.plugins.cloudimage.core;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One account in one region of a cloud, with the calls that the creation of an image needs. Every method makes one
 * blocking exchange (or a few, where the cloud pages) that ends within the transport's time-outs. No call is repeated,
 * except once when the cloud refuses it because of a wrong clock. Implementations are safe for use by several threads.
 */
public interface Cloud {

    /**
     * Creates an image. The request has already been checked.
     *
     * @param token identical for every attempt at one image, at most 64 printable ASCII characters; used if {@link
     *     Capabilities#idempotencyToken()}
     * @throws CloudException if the call is refused or its outcome is unknown; {@link CloudError#sideEffect()} tells which
     */
    CreateAnswer create(ImageRequest request, String token) throws CloudException;

    /**
     * Copies an image that is ready to another region. The client is that of the image's region; the copy is described,
     * shared and deleted in its own. The request has already been checked.
     *
     * @param token as for {@link #create}
     * @throws CloudException if the call is refused or its outcome is unknown; of kind {@link ErrorKind#BUSY} while the
     *     image cannot be copied yet
     */
    default CreateAnswer copy(CopyRequest request, String token) throws CloudException {
        throw new IllegalArgumentException("This cloud copies no images: " + request.imageId());
    }

    /**
     * Describes images.
     *
     * @param imageIds ids, at most {@link Capabilities#describeBatch()}
     * @return the images that the cloud knows, in any order; unknown ids are left out
     */
    List<CloudImage> describe(Collection<String> imageIds) throws CloudException;

    /** Finds the account's own images with exactly this name, in any state. */
    List<CloudImage> findByName(String name) throws CloudException;

    /**
     * Finds the account's own images that can be used and match a query. Images that are shared by others, public,
     * deprecated, failed or not ready yet are left out. The whole list is read, however many pages it has.
     *
     * @param query uses no criterion that {@link Capabilities#criteria()} lacks
     * @throws CloudException if a call fails; of kind {@link ErrorKind#UNAVAILABLE} if the list changes while it is read
     */
    List<CloudImage> find(ImageQuery query) throws CloudException;

    /**
     * Deletes an image and the snapshots that were made for it, except those of {@link #snapshotsLeftBy}.
     *
     * @throws CloudException if the call fails; of kind {@link ErrorKind#BUSY} while the image cannot be deleted yet,
     *     {@link ErrorKind#NOT_FOUND} if it does not exist
     */
    void delete(String imageId) throws CloudException;

    /**
     * Deletes an image as {@link #delete} does, even if instances use it. Only clouds with {@link
     * CloudProvider#deletesUsedImages()} do so.
     *
     * @throws CloudException as {@link #delete} does
     */
    default void deleteUsed(String imageId) throws CloudException {
        delete(imageId);
    }

    /**
     * Lists the account's instances in the region whose system disk was made of an image, whatever their state is. An image
     * that does not exist has none.
     *
     * @return ids of instances; empty only if the cloud says so in complete lists
     * @throws CloudException if a call fails; of kind {@link ErrorKind#UNAVAILABLE} if the list changes while it is read, or
     *     does not tell of each instance which image it has
     */
    List<String> instancesUsing(String imageId) throws CloudException;

    /**
     * Lists the account's launch templates in the region, in all of their versions, and the configurations of its scaling
     * groups. Only clouds with {@link CloudProvider#templates()} do so.
     *
     * @return what each of them names, each once; it lacks none
     * @throws CloudException if a call fails; of kind {@link ErrorKind#UNAVAILABLE} if a list changes while it is read; of kind
     *     {@link ErrorKind#INVALID_REQUEST} if there are too many, or the connection has no {@link CloudConnection#scaling()}
     *     where it needs one
     */
    default List<ImageTemplate> templates() throws CloudException {
        throw new IllegalArgumentException("This cloud lists no templates");
    }

    /**
     * Lists the snapshots that remain when the image is deleted. Call it before the deletion: afterwards the cloud no
     * longer tells which snapshots belonged to the image. Most clouds delete them with the image, so the list is empty.
     *
     * @return ids of the snapshots that were made for this image and for nothing else
     * @throws CloudException if the call fails; for an unknown image some clouds list no snapshots, others fail with
     *     {@link ErrorKind#NOT_FOUND}
     */
    default List<String> snapshotsLeftBy(String imageId) throws CloudException {
        return List.of();
    }

    /**
     * Deletes a snapshot that remains of a deleted image.
     *
     * @throws CloudException if the call fails; of kind {@link ErrorKind#BUSY} while the image is still being deleted,
     *     {@link ErrorKind#NOT_FOUND} if the snapshot does not exist
     */
    default void deleteSnapshot(String snapshotId) throws CloudException {
        throw new IllegalArgumentException("This cloud leaves no snapshots: " + snapshotId);
    }

    /**
     * Shares an image that is ready with other accounts of the cloud. It is never made public. A repetition changes
     * nothing, even where the cloud refuses it.
     *
     * @param accounts accounts that {@link SharingLimits#check} accepts, at most {@link SharingLimits#perCall()}
     * @throws CloudException if the call fails; it may have had an effect for some of the accounts
     */
    void share(String imageId, List<String> accounts) throws CloudException;

    /**
     * Ends the sharing of an image with some accounts.
     *
     * @param accounts accounts of {@link #sharedWith}, at most {@link SharingLimits#removedPerCall()}
     * @throws CloudException if the call fails; it may have had an effect for some of the accounts
     */
    void unshare(String imageId, List<String> accounts) throws CloudException;

    /**
     * Lists the accounts with which an image is shared.
     *
     * @throws CloudException if the call fails; of kind {@link ErrorKind#NOT_FOUND} if the cloud does not know the image
     */
    List<String> sharedWith(String imageId) throws CloudException;

    /**
     * Reads an instance's power state.
     *
     * @throws CloudException if the call fails; of kind {@link ErrorKind#NOT_FOUND} if the instance does not exist
     */
    PowerState powerState(String instanceId) throws CloudException;

    /**
     * Stops an instance, by a soft shutdown where the cloud has one. The call returns before the instance has stopped.
     */
    void stop(String instanceId) throws CloudException;

    /** Starts a stopped instance. The call returns before the instance runs. */
    void start(String instanceId) throws CloudException;

    /**
     * Reads how many images the account may keep in the region.
     *
     * @return the quota, or empty if the cloud has no call for it
     */
    Optional<Quota> quota() throws CloudException;

    /**
     * The time of the cloud's clock at its last response. Nothing is sent.
     *
     * @return the {@code Date} header of the response to this client's last call, or empty if there is none
     */
    Optional<Instant> time();

    /**
     * Makes one harmless authenticated call.
     *
     * @return the permission that the call proves, under its name in the cloud's access management
     */
    String probe() throws CloudException;
}

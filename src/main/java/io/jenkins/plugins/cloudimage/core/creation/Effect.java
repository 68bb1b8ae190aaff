package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.retention.MadeImage;
import java.util.List;

/** One call to a cloud. Its result is an observation for the next decision. */
sealed interface Effect {

    /**
     * @return the response, or null if it contains nothing
     */
    Object run(Cloud cloud) throws CloudException;

    /** Whether the call changes something at the cloud, so that it is never cancelled under way or sent on a guess. */
    default boolean changes() {
        return true;
    }

    /** A call that only reads. */
    sealed interface Read extends Effect {
        @Override
        default boolean changes() {
            return false;
        }
    }

    /** Lists the images with a name. */
    record FindByName(String name) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.findByName(name);
        }
    }

    /** Describes one image. */
    record Describe(String imageId) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.describe(List.of(imageId));
        }
    }

    /** Reads how many images the account may have. */
    record ReadQuota() implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.quota();
        }
    }

    /** Reads the power state of an instance. */
    record ReadPower(String instanceId) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.powerState(instanceId);
        }
    }

    /** Lists the instances that use an image. */
    record ListInstances(String imageId) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.instancesUsing(imageId);
        }
    }

    /** Lists the snapshots that remain when an image is deleted. */
    record ListSnapshots(String imageId) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.snapshotsLeftBy(imageId);
        }
    }

    /**
     * Lists the accounts with which an image is shared.
     *
     * @param afterwards whether it reads back what was shared before
     */
    record ListShares(String imageId, boolean afterwards) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return cloud.sharedWith(imageId);
        }
    }

    /** Checks what can be checked of a creation without changing anything. */
    record DryRun(DryRunCalls calls) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return calls.run(cloud);
        }
    }

    /** Judges which earlier images of the job of a creation are retired. */
    record Judge(Creation creation, Predecessors predecessors) implements Read {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return predecessors.judge(creation, cloud);
        }
    }

    /** Begins the deletions of images that a creation retires. */
    record Retire(Creation creation, List<MadeImage> images, Predecessors predecessors) implements Effect {
        @Override
        public Object run(Cloud cloud) {
            predecessors.retire(creation, images);
            return null;
        }
    }

    /** Creates the image, or copies it from another region. */
    record Create(ImageRequest request, String token) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            return request instanceof CopyRequest copy ? cloud.copy(copy, token) : cloud.create(request, token);
        }
    }

    /** Stops an instance. */
    record Stop(String instanceId) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            cloud.stop(instanceId);
            return null;
        }
    }

    /** Starts an instance. */
    record Start(String instanceId) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            cloud.start(instanceId);
            return null;
        }
    }

    /** Shares an image with accounts. */
    record Share(String imageId, List<String> accounts) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            cloud.share(imageId, accounts);
            return null;
        }
    }

    /** Ends the sharing of an image with accounts. */
    record Unshare(String imageId, List<String> accounts) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            cloud.unshare(imageId, accounts);
            return null;
        }
    }

    /**
     * Deletes an image.
     *
     * @param used whether it is deleted even if instances use it
     */
    record Delete(String imageId, boolean used) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            if (used) {
                cloud.deleteUsed(imageId);
            } else {
                cloud.delete(imageId);
            }
            return null;
        }
    }

    /** Deletes an image that is retired, unless something protects it now. It may be long ago that this was decided. */
    record DeleteRetired(Creation creation, Delete deletion, Predecessors predecessors) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            Predecessors.Look look = predecessors.lookAgain(creation, cloud);
            if (look == Predecessors.Look.FREE) {
                deletion.run(cloud);
            }
            return look;
        }
    }

    /** Deletes a snapshot. */
    record DeleteSnapshot(String snapshotId) implements Effect {
        @Override
        public Object run(Cloud cloud) throws CloudException {
            cloud.deleteSnapshot(snapshotId);
            return null;
        }
    }
}

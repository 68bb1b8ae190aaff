package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaParameters;
import java.util.List;

/** The parameters of CreateImage that all clouds with the ECS API take. */
public interface EcsApiRequest extends ImageRequest {

    /**
     * @return 2 to 256 characters, or null
     */
    @CheckForNull
    String description();

    /** The snapshot of a system disk from which the image is made. */
    @CheckForNull
    String snapshotId();

    /**
     * The disks of the image, where it is made from several snapshots.
     *
     * @return the disks; empty for an image of an instance or of one snapshot
     */
    List<DiskDeviceMapping> diskDeviceMapping();

    /** The operating system, where a data disk's snapshot becomes the system disk. */
    @CheckForNull
    String platform();

    /** The architecture, where a data disk's snapshot becomes the system disk. */
    @CheckForNull
    String architecture();

    /** The resource group of the image. */
    @CheckForNull
    String resourceGroupId();

    /**
     * The tags of the image.
     *
     * @return at most 20
     */
    @Override
    List<ImageTag> tags();

    /** Adds the parameters that only this cloud has. */
    default void addOwn(AlibabaParameters parameters) {}
}

package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRequest;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of all clouds with Alibaba's ECS API; {@link EcsApiRequest} says what each means. */
public abstract class EcsApiSettings extends CloudSettings {
    private static final long serialVersionUID = 1L;

    private String snapshotId;
    private List<EcsDiskMapping> diskDeviceMapping;
    private String platform;
    private String architecture;
    private String resourceGroupId;
    private List<EcsImageTag> tags;

    /**
     * Makes settings for a region.
     *
     * @param region the cloud's region code
     */
    protected EcsApiSettings(String region) {
        super(region);
    }

    @Override
    public abstract EcsApiRequest request(String imageName, @CheckForNull String description);

    @CheckForNull
    public String getSnapshotId() {
        return snapshotId;
    }

    @DataBoundSetter
    public void setSnapshotId(@CheckForNull String snapshotId) {
        this.snapshotId = Util.fixEmptyAndTrim(snapshotId);
    }

    public List<EcsDiskMapping> getDiskDeviceMapping() {
        return list(diskDeviceMapping);
    }

    @DataBoundSetter
    public void setDiskDeviceMapping(List<EcsDiskMapping> diskDeviceMapping) {
        this.diskDeviceMapping = keep(diskDeviceMapping);
    }

    /** The disks as the cloud's request has them. */
    final List<DiskDeviceMapping> disks() {
        return getDiskDeviceMapping().stream().map(EcsDiskMapping::mapping).toList();
    }

    @CheckForNull
    public String getPlatform() {
        return platform;
    }

    @DataBoundSetter
    public void setPlatform(@CheckForNull String platform) {
        this.platform = Util.fixEmptyAndTrim(platform);
    }

    @CheckForNull
    public String getArchitecture() {
        return architecture;
    }

    @DataBoundSetter
    public void setArchitecture(@CheckForNull String architecture) {
        this.architecture = Util.fixEmptyAndTrim(architecture);
    }

    @CheckForNull
    public String getResourceGroupId() {
        return resourceGroupId;
    }

    @DataBoundSetter
    public void setResourceGroupId(@CheckForNull String resourceGroupId) {
        this.resourceGroupId = Util.fixEmptyAndTrim(resourceGroupId);
    }

    public List<EcsImageTag> getTags() {
        return list(tags);
    }

    @DataBoundSetter
    public void setTags(List<EcsImageTag> tags) {
        this.tags = keep(tags);
    }

    /** The tags as the cloud's request has them. */
    final List<ImageTag> imageTags() {
        return getTags().stream().map(EcsImageTag::tag).toList();
    }
}

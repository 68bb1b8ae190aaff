package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Tencent Cloud CVM's parameters; {@link TencentImageRequest} says what each means. */
public class TencentCloudSettings extends CloudSettings {
    private static final long serialVersionUID = 1L;

    private List<String> snapshotIds;
    private boolean forcePoweroff;
    private boolean sysprep;
    private List<String> dataDiskIds;
    private boolean dryRun;
    private List<TencentImageTag> tags;
    private String imageFamily;

    /**
     * Makes settings for a region.
     *
     * @param region for example {@code ap-guangzhou}
     */
    @DataBoundConstructor
    public TencentCloudSettings(String region) {
        super(region);
    }

    @Override
    public ImageRequest request(String imageName, String description) {
        return new TencentImageRequest(
                getRegion(),
                imageName,
                description,
                getInstanceId(),
                getSnapshotIds(),
                forcePoweroff,
                sysprep,
                getDataDiskIds(),
                dryRun,
                getTags().stream().map(TencentImageTag::tag).toList(),
                imageFamily);
    }

    public List<String> getSnapshotIds() {
        return list(snapshotIds);
    }

    @DataBoundSetter
    public void setSnapshotIds(List<String> snapshotIds) {
        this.snapshotIds = keep(ids(snapshotIds));
    }

    public boolean isForcePoweroff() {
        return forcePoweroff;
    }

    @DataBoundSetter
    public void setForcePoweroff(boolean forcePoweroff) {
        this.forcePoweroff = forcePoweroff;
    }

    public boolean isSysprep() {
        return sysprep;
    }

    @DataBoundSetter
    public void setSysprep(boolean sysprep) {
        this.sysprep = sysprep;
    }

    public List<String> getDataDiskIds() {
        return list(dataDiskIds);
    }

    @DataBoundSetter
    public void setDataDiskIds(List<String> dataDiskIds) {
        this.dataDiskIds = keep(ids(dataDiskIds));
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public List<TencentImageTag> getTags() {
        return list(tags);
    }

    @DataBoundSetter
    public void setTags(List<TencentImageTag> tags) {
        this.tags = keep(tags);
    }

    @CheckForNull
    public String getImageFamily() {
        return imageFamily;
    }

    @DataBoundSetter
    public void setImageFamily(@CheckForNull String imageFamily) {
        this.imageFamily = Util.fixEmptyAndTrim(imageFamily);
    }

    /** The form. */
    @Extension
    @Symbol(TencentProvider.ID)
    public static class DescriptorImpl extends CloudSettingsDescriptor {
        /** Makes the form. */
        public DescriptorImpl() {
            super(TencentCloudSettings.class, TencentProvider.ID);
        }

        @Override
        protected CloudSettings empty(String region) {
            return new TencentCloudSettings(region);
        }

        /** Checks the instance. */
        @POST
        public FormValidation doCheckInstanceId(
                @QueryParameter String value, @QueryParameter String snapshotIds, @QueryParameter String dataDiskIds) {
            return new FieldCheck("instanceId", value).by(request(value, snapshotIds, dataDiskIds));
        }

        /** Checks the snapshots. */
        @POST
        public FormValidation doCheckSnapshotIds(
                @QueryParameter String value, @QueryParameter String instanceId, @QueryParameter String dataDiskIds) {
            return new FieldCheck("snapshotIds", value).by(request(instanceId, value, dataDiskIds));
        }

        /** Checks the disks. */
        @POST
        public FormValidation doCheckDataDiskIds(
                @QueryParameter String value, @QueryParameter String instanceId, @QueryParameter String snapshotIds) {
            return new FieldCheck("dataDiskIds", value).by(request(instanceId, snapshotIds, value));
        }

        private static ImageRequest request(String instanceId, String snapshotIds, String dataDiskIds) {
            return new TencentImageRequest(
                    "",
                    "",
                    null,
                    Util.fixEmptyAndTrim(instanceId),
                    ids(List.of(Util.fixNull(snapshotIds))),
                    false,
                    false,
                    ids(List.of(Util.fixNull(dataDiskIds))),
                    false);
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ens.EnsImageRequest;
import io.jenkins.plugins.cloudimage.core.ens.EnsProvider;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Alibaba Cloud ENS's parameters; {@link EnsImageRequest} says what each means. Its API knows no regions. */
public class AlibabaEnsSettings extends CloudSettings {
    private static final long serialVersionUID = 1L;

    private String snapshotId;
    private boolean withDataDisks;
    private boolean deleteAfterImageUpload;
    private String targetOSSRegionId;

    /** Creates empty settings. */
    @DataBoundConstructor
    public AlibabaEnsSettings() {
        super(EnsProvider.REGION);
    }

    /** The cloud stores no description. */
    @Override
    public ImageRequest request(String imageName, String description) {
        return new EnsImageRequest(
                imageName, getInstanceId(), snapshotId, withDataDisks, deleteAfterImageUpload, targetOSSRegionId);
    }

    @CheckForNull
    public String getSnapshotId() {
        return snapshotId;
    }

    @DataBoundSetter
    public void setSnapshotId(@CheckForNull String snapshotId) {
        this.snapshotId = Util.fixEmptyAndTrim(snapshotId);
    }

    public boolean isWithDataDisks() {
        return withDataDisks;
    }

    @DataBoundSetter
    public void setWithDataDisks(boolean withDataDisks) {
        this.withDataDisks = withDataDisks;
    }

    public boolean isDeleteAfterImageUpload() {
        return deleteAfterImageUpload;
    }

    @DataBoundSetter
    public void setDeleteAfterImageUpload(boolean deleteAfterImageUpload) {
        this.deleteAfterImageUpload = deleteAfterImageUpload;
    }

    @CheckForNull
    public String getTargetOSSRegionId() {
        return targetOSSRegionId;
    }

    @DataBoundSetter
    public void setTargetOSSRegionId(@CheckForNull String targetOSSRegionId) {
        this.targetOSSRegionId = Util.fixEmptyAndTrim(targetOSSRegionId);
    }

    /** The form. */
    @Extension
    @Symbol(EnsProvider.ID)
    public static class DescriptorImpl extends CloudSettingsDescriptor {
        /** Makes the form. */
        public DescriptorImpl() {
            super(AlibabaEnsSettings.class, EnsProvider.ID);
        }

        @Override
        protected CloudSettings empty(String region) {
            return new AlibabaEnsSettings();
        }

        /** Checks the instance, and warns if the cloud will release it. */
        @POST
        public FormValidation doCheckInstanceId(
                @QueryParameter String value,
                @QueryParameter String snapshotId,
                @QueryParameter boolean deleteAfterImageUpload) {
            ImageRequest request = request(value, snapshotId, deleteAfterImageUpload, null);
            FormValidation own = new FieldCheck("instanceId", value).by(request);
            return own.kind == FormValidation.Kind.OK
                    ? new FieldCheck("deleteAfterImageUpload", value).by(request)
                    : own;
        }

        /** Checks the snapshot. */
        @POST
        public FormValidation doCheckSnapshotId(@QueryParameter String value, @QueryParameter String instanceId) {
            return new FieldCheck("snapshotId", value).by(request(instanceId, value, false, null));
        }

        /** Checks the bucket's region. */
        @POST
        public FormValidation doCheckTargetOSSRegionId(@QueryParameter String value) {
            return new FieldCheck("targetOSSRegionId", value).by(request(null, null, false, value));
        }

        private static ImageRequest request(String instanceId, String snapshotId, boolean delete, String bucket) {
            return new EnsImageRequest(
                    "",
                    Util.fixEmptyAndTrim(instanceId),
                    Util.fixEmptyAndTrim(snapshotId),
                    false,
                    delete,
                    Util.fixEmptyAndTrim(bucket));
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRequest;
import io.jenkins.plugins.cloudimage.core.ecs.EcsImageRequest;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import java.util.List;
import java.util.function.BiConsumer;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Alibaba Cloud ECS's parameters; {@link EcsImageRequest} says what each means. */
public class AlibabaEcsSettings extends EcsApiSettings {
    private static final long serialVersionUID = 1L;

    private String bootMode;
    private String imageFamily;
    private String imageVersion;
    private String detectionStrategy;
    private String imdsSupport;
    private String secureBootSupport;
    private String storageLocationArn;
    private boolean dryRun;

    /**
     * Makes settings for a region.
     *
     * @param region for example {@code cn-hangzhou}
     */
    @DataBoundConstructor
    public AlibabaEcsSettings(String region) {
        super(region);
    }

    @Override
    public EcsApiRequest request(String imageName, String description) {
        return new EcsImageRequest(
                getRegion(),
                imageName,
                description,
                getInstanceId(),
                getSnapshotId(),
                disks(),
                getPlatform(),
                getArchitecture(),
                getResourceGroupId(),
                imageTags(),
                bootMode,
                imageFamily,
                imageVersion,
                detectionStrategy,
                imdsSupport,
                secureBootSupport,
                storageLocationArn,
                dryRun);
    }

    @CheckForNull
    public String getBootMode() {
        return bootMode;
    }

    @DataBoundSetter
    public void setBootMode(@CheckForNull String bootMode) {
        this.bootMode = Util.fixEmptyAndTrim(bootMode);
    }

    @CheckForNull
    public String getImageFamily() {
        return imageFamily;
    }

    @DataBoundSetter
    public void setImageFamily(@CheckForNull String imageFamily) {
        this.imageFamily = Util.fixEmptyAndTrim(imageFamily);
    }

    @CheckForNull
    public String getImageVersion() {
        return imageVersion;
    }

    @DataBoundSetter
    public void setImageVersion(@CheckForNull String imageVersion) {
        this.imageVersion = Util.fixEmptyAndTrim(imageVersion);
    }

    @CheckForNull
    public String getDetectionStrategy() {
        return detectionStrategy;
    }

    @DataBoundSetter
    public void setDetectionStrategy(@CheckForNull String detectionStrategy) {
        this.detectionStrategy = Util.fixEmptyAndTrim(detectionStrategy);
    }

    @CheckForNull
    public String getImdsSupport() {
        return imdsSupport;
    }

    @DataBoundSetter
    public void setImdsSupport(@CheckForNull String imdsSupport) {
        this.imdsSupport = Util.fixEmptyAndTrim(imdsSupport);
    }

    @CheckForNull
    public String getSecureBootSupport() {
        return secureBootSupport;
    }

    @DataBoundSetter
    public void setSecureBootSupport(@CheckForNull String secureBootSupport) {
        this.secureBootSupport = Util.fixEmptyAndTrim(secureBootSupport);
    }

    @CheckForNull
    public String getStorageLocationArn() {
        return storageLocationArn;
    }

    @DataBoundSetter
    public void setStorageLocationArn(@CheckForNull String storageLocationArn) {
        this.storageLocationArn = Util.fixEmptyAndTrim(storageLocationArn);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** The form. */
    @Extension
    @Symbol(EcsProvider.ID)
    public static class DescriptorImpl extends EcsApiSettingsDescriptor {
        private static final List<String> PLATFORMS = List.of(
                "Aliyun",
                "Anolis",
                "CentOS",
                "Ubuntu",
                "SUSE",
                "Debian",
                "OpenSUSE",
                "RedHat",
                "AlmaLinux",
                "Rocky Linux",
                "Customized Linux",
                "Others Linux",
                "Windows Server 2022",
                "Windows Server 2019",
                "Windows Server 2016");

        /** Makes the form. */
        public DescriptorImpl() {
            super(AlibabaEcsSettings.class, EcsProvider.ID);
        }

        @Override
        protected AlibabaEcsSettings empty(String region) {
            return new AlibabaEcsSettings(region);
        }

        @Override
        protected List<String> platforms() {
            return PLATFORMS;
        }

        @Override
        protected List<String> architectures() {
            return List.of("i386", "x86_64", "arm64");
        }

        /** Suggests boot modes. */
        @POST
        public ComboBoxModel doFillBootModeItems() {
            return new ComboBoxModel("BIOS", "UEFI", "UEFI-Preferred");
        }

        /** Suggests versions of the metadata service. */
        @POST
        public ComboBoxModel doFillImdsSupportItems() {
            return new ComboBoxModel("v1", "v2");
        }

        /** Suggests values for secure boot. */
        @POST
        public ComboBoxModel doFillSecureBootSupportItems() {
            return new ComboBoxModel("supported", "unsupported");
        }

        /** Suggests detection strategies. */
        @POST
        public ComboBoxModel doFillDetectionStrategyItems() {
            return new ComboBoxModel("Standard");
        }

        /** Checks the boot mode. */
        @POST
        public FormValidation doCheckBootMode(@QueryParameter String value) {
            return check("bootMode", value, AlibabaEcsSettings::setBootMode);
        }

        /** Checks the family. */
        @POST
        public FormValidation doCheckImageFamily(@QueryParameter String value) {
            return check("imageFamily", value, AlibabaEcsSettings::setImageFamily);
        }

        /** Checks the version. */
        @POST
        public FormValidation doCheckImageVersion(@QueryParameter String value) {
            return check("imageVersion", value, AlibabaEcsSettings::setImageVersion);
        }

        /** Checks the strategy. */
        @POST
        public FormValidation doCheckDetectionStrategy(@QueryParameter String value) {
            return check("detectionStrategy", value, AlibabaEcsSettings::setDetectionStrategy);
        }

        /** Checks the metadata's version. */
        @POST
        public FormValidation doCheckImdsSupport(@QueryParameter String value) {
            return check("imdsSupport", value, AlibabaEcsSettings::setImdsSupport);
        }

        /** Checks the value for secure boot. */
        @POST
        public FormValidation doCheckSecureBootSupport(@QueryParameter String value) {
            return check("secureBootSupport", value, AlibabaEcsSettings::setSecureBootSupport);
        }

        /** Checks the storage location. */
        @POST
        public FormValidation doCheckStorageLocationArn(@QueryParameter String value) {
            return check("storageLocationArn", value, AlibabaEcsSettings::setStorageLocationArn);
        }

        private static FormValidation check(String field, String value, BiConsumer<AlibabaEcsSettings, String> set) {
            AlibabaEcsSettings settings = new AlibabaEcsSettings("");
            set.accept(settings, value);
            return new FieldCheck(field, value).by(settings.request("", null));
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import java.util.List;
import java.util.function.BiConsumer;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a cloud with Alibaba's ECS API. */
public abstract class EcsApiSettingsDescriptor extends CloudSettingsDescriptor {

    /** Makes the form of a cloud. */
    protected EcsApiSettingsDescriptor(Class<? extends EcsApiSettings> type, String cloud) {
        super(type, cloud);
    }

    @Override
    protected abstract EcsApiSettings empty(String region);

    /**
     * Operating systems to suggest.
     *
     * @return their names in the API
     */
    protected abstract List<String> platforms();

    /**
     * Architectures to suggest.
     *
     * @return their names in the API
     */
    protected abstract List<String> architectures();

    /** Suggests operating systems. */
    @POST
    public ComboBoxModel doFillPlatformItems() {
        return new ComboBoxModel(platforms());
    }

    /** Suggests architectures. */
    @POST
    public ComboBoxModel doFillArchitectureItems() {
        return new ComboBoxModel(architectures());
    }

    /** Checks the instance. Whether it is required depends on the disks, which this check does not get. */
    @POST
    public FormValidation doCheckInstanceId(@QueryParameter String value) {
        return value.isBlank() ? FormValidation.ok() : check("instanceId", value, EcsApiSettings::setInstanceId);
    }

    /** Checks the snapshot. */
    @POST
    public FormValidation doCheckSnapshotId(@QueryParameter String value, @QueryParameter String instanceId) {
        return check("snapshotId", value, (settings, typed) -> {
            settings.setSnapshotId(typed);
            settings.setInstanceId(instanceId);
        });
    }

    /** Checks the operating system. */
    @POST
    public FormValidation doCheckPlatform(@QueryParameter String value) {
        return check("platform", value, (settings, typed) -> {
            settings.setPlatform(typed);
            settings.setDiskDeviceMapping(List.of(EcsDiskMapping.system()));
        });
    }

    /** Checks the architecture. */
    @POST
    public FormValidation doCheckArchitecture(@QueryParameter String value) {
        return check("architecture", value, (settings, typed) -> {
            settings.setArchitecture(typed);
            settings.setDiskDeviceMapping(List.of(EcsDiskMapping.system()));
        });
    }

    /** Checks the resource group. */
    @POST
    public FormValidation doCheckResourceGroupId(@QueryParameter String value) {
        return check("resourceGroupId", value, EcsApiSettings::setResourceGroupId);
    }

    private FormValidation check(String field, String value, BiConsumer<EcsApiSettings, String> set) {
        EcsApiSettings settings = empty("");
        set.accept(settings, value);
        return new FieldCheck(field, value).by(settings.request("", null));
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A disk of an image that is made from several snapshots; {@link DiskDeviceMapping} says what each field means. */
public class EcsDiskMapping extends AbstractDescribableImpl<EcsDiskMapping> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String SYSTEM = "system";

    private String snapshotId;
    private Integer size;
    private String device;
    private String diskType;

    /** Creates an empty entry. */
    @DataBoundConstructor
    public EcsDiskMapping() {
        // All fields are optional.
    }

    /** A disk as it has to be beside an operating system. */
    static EcsDiskMapping system() {
        EcsDiskMapping disk = new EcsDiskMapping();
        disk.setDiskType(SYSTEM);
        return disk;
    }

    DiskDeviceMapping mapping() {
        return new DiskDeviceMapping(snapshotId, size, device, diskType);
    }

    @CheckForNull
    public String getSnapshotId() {
        return snapshotId;
    }

    @DataBoundSetter
    public void setSnapshotId(@CheckForNull String snapshotId) {
        this.snapshotId = Util.fixEmptyAndTrim(snapshotId);
    }

    @CheckForNull
    public Integer getSize() {
        return size;
    }

    @DataBoundSetter
    public void setSize(@CheckForNull Integer size) {
        this.size = size;
    }

    @CheckForNull
    public String getDevice() {
        return device;
    }

    @DataBoundSetter
    public void setDevice(@CheckForNull String device) {
        this.device = Util.fixEmptyAndTrim(device);
    }

    @CheckForNull
    public String getDiskType() {
        return diskType;
    }

    @DataBoundSetter
    public void setDiskType(@CheckForNull String diskType) {
        this.diskType = Util.fixEmptyAndTrim(diskType);
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<EcsDiskMapping> {
        private static final String FIELD = "diskDeviceMapping";

        @Override
        public String getDisplayName() {
            return Messages.EcsDiskMapping_displayName();
        }

        /** Suggests types of disks. */
        @POST
        public ComboBoxModel doFillDiskTypeItems() {
            return new ComboBoxModel(SYSTEM, "data");
        }

        /** Checks the snapshot. */
        @POST
        public FormValidation doCheckSnapshotId(@QueryParameter String value) {
            return new FieldCheck(FIELD, value).by(settings(value, null, "", "").request("", null));
        }

        /** Checks the size, which must be no less than the snapshot's. */
        @POST
        public FormValidation doCheckSize(
                @QueryParameter String value, @QueryParameter String snapshotId, @QueryParameter String device) {
            return new FieldCheck(FIELD, value)
                    .byNumber(size -> settings(snapshotId, size, device, "").request("", null));
        }

        /** Checks the name of the device. */
        @POST
        public FormValidation doCheckDevice(@QueryParameter String value) {
            return new FieldCheck(FIELD, value).by(settings("", null, value, "").request("", null));
        }

        /** Checks the kind; a system disk needs a snapshot. */
        @POST
        public FormValidation doCheckDiskType(@QueryParameter String value, @QueryParameter String snapshotId) {
            return new FieldCheck(FIELD, value)
                    .by(settings(snapshotId, null, "", value).request("", null));
        }

        private static EcsApiSettings settings(String snapshotId, Integer size, String device, String diskType) {
            EcsDiskMapping disk = new EcsDiskMapping();
            disk.setSnapshotId(snapshotId);
            disk.setSize(size);
            disk.setDevice(device);
            disk.setDiskType(diskType);
            EcsApiSettings settings = new AlibabaEcsSettings("");
            settings.setDiskDeviceMapping(List.of(disk));
            return settings;
        }
    }
}

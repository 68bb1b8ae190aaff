package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.DiskSpec;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A cloud disk that an image on JD Cloud brings along; {@link DiskSpec} says what each field means. */
public class JdCloudDisk extends AbstractDescribableImpl<JdCloudDisk> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String az;
    private final Integer diskSizeGB;
    private final String diskType;
    private final String name;
    private JdDiskCharge charge;
    private String description;
    private boolean multiAttachable;
    private String snapshotId;

    /**
     * Makes a disk.
     *
     * @param az its availability zone
     * @param diskSizeGB its size in GB
     * @param diskType its type
     * @param name its name
     */
    @DataBoundConstructor
    public JdCloudDisk(String az, Integer diskSizeGB, String diskType, String name) {
        this.az = Util.fixEmptyAndTrim(az);
        this.diskSizeGB = diskSizeGB;
        this.diskType = Util.fixEmptyAndTrim(diskType);
        this.name = Util.fixEmptyAndTrim(name);
    }

    DiskSpec spec() {
        return new DiskSpec(
                az,
                charge == null ? null : charge.spec(),
                description,
                diskSizeGB,
                diskType,
                multiAttachable ? Boolean.TRUE : null,
                name,
                snapshotId);
    }

    public String getAz() {
        return az;
    }

    public Integer getDiskSizeGB() {
        return diskSizeGB;
    }

    public String getDiskType() {
        return diskType;
    }

    public String getName() {
        return name;
    }

    @CheckForNull
    public JdDiskCharge getCharge() {
        return charge;
    }

    @DataBoundSetter
    public void setCharge(@CheckForNull JdDiskCharge charge) {
        this.charge = charge;
    }

    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    public boolean isMultiAttachable() {
        return multiAttachable;
    }

    @DataBoundSetter
    public void setMultiAttachable(boolean multiAttachable) {
        this.multiAttachable = multiAttachable;
    }

    @CheckForNull
    public String getSnapshotId() {
        return snapshotId;
    }

    @DataBoundSetter
    public void setSnapshotId(@CheckForNull String snapshotId) {
        this.snapshotId = Util.fixEmptyAndTrim(snapshotId);
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<JdCloudDisk> {
        /** Where the fields of an only disk are. */
        static final String PATH = JdDataDisk.DescriptorImpl.PATH + "cloudDiskSpec.";

        @Override
        public String getDisplayName() {
            return Messages.JdCloudDisk_displayName();
        }

        /** Suggests types of disks. */
        @POST
        public ComboBoxModel doFillDiskTypeItems() {
            return new ComboBoxModel("ssd", "premium-hdd");
        }

        /** Checks the zone. */
        @POST
        public FormValidation doCheckAz(@QueryParameter String value) {
            return new FieldCheck(PATH, "az", value).by(request(value, null, null, null, null));
        }

        /** Checks the size, whose range depends on the type. */
        @POST
        public FormValidation doCheckDiskSizeGB(@QueryParameter String value, @QueryParameter String diskType) {
            return new FieldCheck(PATH, "diskSizeGB", value)
                    .byNumber(size -> request(null, size, diskType, null, null));
        }

        /** Checks the type. */
        @POST
        public FormValidation doCheckDiskType(@QueryParameter String value) {
            return new FieldCheck(PATH, "diskType", value).by(request(null, null, value, null, null));
        }

        /** Checks the name. */
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return new FieldCheck(PATH, "name", value).by(request(null, null, null, value, null));
        }

        /** Warns of what happens to the snapshot. */
        @POST
        public FormValidation doCheckSnapshotId(@QueryParameter String value) {
            return new FieldCheck(PATH, "snapshotId", value).by(request(null, null, null, null, value));
        }

        private static ImageRequest request(
                String az, Integer diskSizeGB, String diskType, String name, String snapshotId) {
            return JdDataDisk.DescriptorImpl.request(
                    new DiskSpec(az, null, null, diskSizeGB, Util.fixEmptyAndTrim(diskType), null, name, snapshotId));
        }
    }
}

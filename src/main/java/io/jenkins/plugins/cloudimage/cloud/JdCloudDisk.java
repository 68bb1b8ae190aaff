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

    private String az;
    private JdCloudDiskCharge charge;
    private String description;
    private Integer diskSizeGB;
    private String diskType;
    private boolean encrypt;
    private Integer iops;
    private boolean multiAttachable;
    private String name;
    private String policyId;
    private String snapshotId;

    /** Creates an empty entry. */
    @DataBoundConstructor
    public JdCloudDisk() {
        // All fields are optional.
    }

    DiskSpec spec() {
        return new DiskSpec(
                az,
                charge == null ? null : charge.spec(),
                description,
                diskSizeGB,
                diskType,
                encrypt ? Boolean.TRUE : null,
                iops,
                multiAttachable ? Boolean.TRUE : null,
                name,
                policyId,
                snapshotId);
    }

    @CheckForNull
    public String getAz() {
        return az;
    }

    @DataBoundSetter
    public void setAz(@CheckForNull String az) {
        this.az = Util.fixEmptyAndTrim(az);
    }

    @CheckForNull
    public JdCloudDiskCharge getCharge() {
        return charge;
    }

    @DataBoundSetter
    public void setCharge(@CheckForNull JdCloudDiskCharge charge) {
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

    @CheckForNull
    public Integer getDiskSizeGB() {
        return diskSizeGB;
    }

    @DataBoundSetter
    public void setDiskSizeGB(@CheckForNull Integer diskSizeGB) {
        this.diskSizeGB = diskSizeGB;
    }

    @CheckForNull
    public String getDiskType() {
        return diskType;
    }

    @DataBoundSetter
    public void setDiskType(@CheckForNull String diskType) {
        this.diskType = Util.fixEmptyAndTrim(diskType);
    }

    public boolean isEncrypt() {
        return encrypt;
    }

    @DataBoundSetter
    public void setEncrypt(boolean encrypt) {
        this.encrypt = encrypt;
    }

    @CheckForNull
    public Integer getIops() {
        return iops;
    }

    @DataBoundSetter
    public void setIops(@CheckForNull Integer iops) {
        this.iops = iops;
    }

    public boolean isMultiAttachable() {
        return multiAttachable;
    }

    @DataBoundSetter
    public void setMultiAttachable(boolean multiAttachable) {
        this.multiAttachable = multiAttachable;
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public String getPolicyId() {
        return policyId;
    }

    @DataBoundSetter
    public void setPolicyId(@CheckForNull String policyId) {
        this.policyId = Util.fixEmptyAndTrim(policyId);
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
        /** The path of the fields if there is only one disk. */
        static final String PATH = JdCloudDataDisk.DescriptorImpl.PATH + "cloudDiskSpec.";

        @Override
        public String getDisplayName() {
            return Messages.JdCloudDisk_displayName();
        }

        /** Suggests types of disks. */
        @POST
        public ComboBoxModel doFillDiskTypeItems() {
            return new ComboBoxModel("ssd.gp1", "ssd.gp2", "ssd.io1", "ssd.io2", "hdd.std1", "ssd", "premium-hdd");
        }

        /** Checks the size, whose range depends on the type. */
        @POST
        public FormValidation doCheckDiskSizeGB(
                @QueryParameter String value, @QueryParameter String diskType, @QueryParameter String snapshotId) {
            return new FieldCheck(PATH, "diskSizeGB", value)
                    .byNumber(size -> request(size, diskType, null, false, snapshotId));
        }

        /** Checks the type. */
        @POST
        public FormValidation doCheckDiskType(@QueryParameter String value, @QueryParameter String snapshotId) {
            return new FieldCheck(PATH, "diskType", value).by(request(null, value, null, false, snapshotId));
        }

        /** Checks the IOPS, whose range depends on type and size. */
        @POST
        public FormValidation doCheckIops(@QueryParameter String value, @QueryParameter String diskType) {
            return new FieldCheck(PATH, "iops", value).byNumber(iops -> request(null, diskType, iops, false, null));
        }

        /** Warns if encryption has no effect. */
        @POST
        public FormValidation doCheckEncrypt(@QueryParameter boolean value, @QueryParameter String snapshotId) {
            return new FieldCheck(PATH, "encrypt", Boolean.toString(value))
                    .by(request(null, null, null, value, snapshotId));
        }

        /** Warns that the snapshot may be deleted with the image. */
        @POST
        public FormValidation doCheckSnapshotId(@QueryParameter String value) {
            return new FieldCheck(PATH, "snapshotId", value).by(request(null, null, null, false, value));
        }

        private static ImageRequest request(
                Integer diskSizeGB, String diskType, Integer iops, boolean encrypt, String snapshotId) {
            return JdCloudDataDisk.DescriptorImpl.request(new DiskSpec(
                    null,
                    null,
                    null,
                    diskSizeGB,
                    Util.fixEmptyAndTrim(diskType),
                    encrypt ? Boolean.TRUE : null,
                    iops,
                    null,
                    null,
                    null,
                    snapshotId));
        }
    }
}

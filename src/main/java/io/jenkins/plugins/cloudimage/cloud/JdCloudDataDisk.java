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
import io.jenkins.plugins.cloudimage.core.jdcloud.InstanceDiskAttachmentSpec;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudImageRequest;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A change to the data disks of an image on JD Cloud; {@link InstanceDiskAttachmentSpec} says what each field means. */
public class JdCloudDataDisk extends AbstractDescribableImpl<JdCloudDataDisk> implements Serializable {
    private static final long serialVersionUID = 1L;

    private Boolean autoDelete;
    private JdCloudDisk cloudDiskSpec;
    private String deviceName;
    private String diskCategory;
    private boolean noDevice;

    /** Creates an empty entry. */
    @DataBoundConstructor
    public JdCloudDataDisk() {
        // All fields are optional.
    }

    /** For an excluded disk, only its name is sent. */
    InstanceDiskAttachmentSpec spec() {
        return new InstanceDiskAttachmentSpec(
                noDevice ? null : autoDelete,
                cloudDiskSpec == null ? null : cloudDiskSpec.spec(),
                deviceName,
                diskCategory,
                noDevice ? Boolean.TRUE : null);
    }

    /** JD Cloud's own default is to delete the disk together with its instance. */
    public boolean isAutoDelete() {
        return autoDelete == null || autoDelete;
    }

    @DataBoundSetter
    public void setAutoDelete(boolean autoDelete) {
        this.autoDelete = autoDelete;
    }

    @CheckForNull
    public JdCloudDisk getCloudDiskSpec() {
        return cloudDiskSpec;
    }

    @DataBoundSetter
    public void setCloudDiskSpec(@CheckForNull JdCloudDisk cloudDiskSpec) {
        this.cloudDiskSpec = cloudDiskSpec;
    }

    @CheckForNull
    public String getDeviceName() {
        return deviceName;
    }

    @DataBoundSetter
    public void setDeviceName(@CheckForNull String deviceName) {
        this.deviceName = Util.fixEmptyAndTrim(deviceName);
    }

    @CheckForNull
    public String getDiskCategory() {
        return diskCategory;
    }

    @DataBoundSetter
    public void setDiskCategory(@CheckForNull String diskCategory) {
        this.diskCategory = Util.fixEmptyAndTrim(diskCategory);
    }

    public boolean isNoDevice() {
        return noDevice;
    }

    @DataBoundSetter
    public void setNoDevice(boolean noDevice) {
        this.noDevice = noDevice;
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<JdCloudDataDisk> {
        /** The path of the fields if there is only one entry. */
        static final String PATH = "dataDisks[0].";

        @Override
        public String getDisplayName() {
            return Messages.JdCloudDataDisk_displayName();
        }

        /** Suggests mount points. */
        @POST
        public ComboBoxModel doFillDeviceNameItems() {
            return new ComboBoxModel("vdb", "vdc", "vdd", "vde", "vdf", "vdg", "vdh", "vdi");
        }

        /** Checks the mount point, which is required to exclude a disk. */
        @POST
        public FormValidation doCheckDeviceName(@QueryParameter String value, @QueryParameter boolean noDevice) {
            ImageRequest request = request(new InstanceDiskAttachmentSpec(
                    null, null, Util.fixEmptyAndTrim(value), null, noDevice ? Boolean.TRUE : null));
            FormValidation own = new FieldCheck(PATH, "deviceName", value).by(request);
            return own.kind == FormValidation.Kind.OK ? new FieldCheck(PATH, "noDevice", value).by(request) : own;
        }

        /** Checks the category. */
        @POST
        public FormValidation doCheckDiskCategory(@QueryParameter String value) {
            return new FieldCheck(PATH, "diskCategory", value)
                    .by(request(new InstanceDiskAttachmentSpec(null, null, null, value, null)));
        }

        static ImageRequest request(DiskSpec disk) {
            return request(new InstanceDiskAttachmentSpec(null, disk, null, null, null));
        }

        private static ImageRequest request(InstanceDiskAttachmentSpec disk) {
            return new JdCloudImageRequest("", "", null, "", List.of(disk));
        }
    }
}

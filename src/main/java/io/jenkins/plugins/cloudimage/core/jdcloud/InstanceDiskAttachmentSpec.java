package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.stream.Stream;

/**
 * A change to the data disks of an image. By default every attached cloud disk becomes part of it. A disk can be left
 * out ({@code deviceName} and {@code noDevice}), added or replaced ({@code deviceName} and {@code cloudDiskSpec}).
 * InstanceDiskAttachmentSpec of <a href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a>.
 *
 * @param autoDelete whether the disk is deleted together with its instance, or null for the cloud's default; no effect
 *     on prepaid or shared disks
 * @param cloudDiskSpec the disk to add, or null
 * @param deviceName the mount point, {@code vdb} to {@code vdbm}, or null
 * @param diskCategory {@code cloud}, or null; data disks in images are never local disks
 * @param noDevice whether the instance's disk of this {@code deviceName} stays out of the image, or null for no
 */
public record InstanceDiskAttachmentSpec(
        @CheckForNull Boolean autoDelete,
        @CheckForNull DiskSpec cloudDiskSpec,
        @CheckForNull String deviceName,
        @CheckForNull String diskCategory,
        @CheckForNull Boolean noDevice) {

    /** Blank texts become null. */
    public InstanceDiskAttachmentSpec {
        deviceName = Rules.given(deviceName);
        diskCategory = Rules.given(diskCategory);
    }

    void check(Rules rules, String field) {
        boolean excluded = Boolean.TRUE.equals(noDevice);
        if (Stream.of(autoDelete, cloudDiskSpec, deviceName, diskCategory, noDevice)
                .allMatch(value -> value == null)) {
            rules.error(field, Messages.InstanceDiskAttachmentSpec_empty(field));
            return;
        }
        if (Boolean.TRUE.equals(autoDelete) && withoutAutoDelete()) {
            String name = field + ".autoDelete";
            rules.warning(name, Messages.InstanceDiskAttachmentSpec_noEffect(name));
        }
        if (cloudDiskSpec != null) {
            cloudDiskSpec.check(rules, field + ".cloudDiskSpec");
        }
        rules.onlyWith(field + ".noDevice", excluded, "deviceName", deviceName != null);
        checkDevice(rules, field + ".deviceName");
        String category = field + ".diskCategory";
        if ("local".equals(diskCategory)) {
            rules.error(category, Messages.InstanceDiskAttachmentSpec_local(category));
        } else {
            rules.known(category, diskCategory, "cloud");
        }
        if (excluded && cloudDiskSpec != null) {
            String disk = field + ".cloudDiskSpec";
            rules.warning(disk, Messages.InstanceDiskAttachmentSpec_leftOut(disk));
        }
        if (!excluded && cloudDiskSpec == null) {
            rules.warning(field, Messages.InstanceDiskAttachmentSpec_noChange(field));
        }
    }

    private boolean withoutAutoDelete() {
        return cloudDiskSpec != null
                && (cloudDiskSpec.isPrepaid() || Boolean.TRUE.equals(cloudDiskSpec.multiAttachable()));
    }

    /** Older pages end with {@code vdi}, so other values cause a warning only. */
    private void checkDevice(Rules rules, String field) {
        if ("vda".equals(deviceName)) {
            rules.warning(field, Messages.InstanceDiskAttachmentSpec_system(field));
        } else if (deviceName != null && !deviceName.matches("vd([b-z]|a[a-z]|b[a-m])")) {
            rules.warning(field, Messages.InstanceDiskAttachmentSpec_device(field, deviceName));
        }
    }
}

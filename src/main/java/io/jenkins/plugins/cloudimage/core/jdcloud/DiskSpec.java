package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;

/**
 * A cloud disk that the image brings along, empty or from a snapshot: DiskSpec of <a
 * href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a>.
 *
 * @param az the availability zone of the disk
 * @param charge how it is paid for, or null for pay as you go by time
 * @param description what it is for, or null
 * @param diskSizeGB its size in GB: {@code ssd} 20 to 1000, {@code premium-hdd} 20 to 3000, in steps of 10
 * @param diskType {@code ssd} or {@code premium-hdd}; newer types are passed on as they are
 * @param multiAttachable whether several machines may use it at once, or null for no
 * @param name its name
 * @param snapshotId the snapshot that it is made from, or null for an empty disk
 */
public record DiskSpec(
        String az,
        @CheckForNull ChargeSpec charge,
        @CheckForNull String description,
        Integer diskSizeGB,
        String diskType,
        @CheckForNull Boolean multiAttachable,
        String name,
        @CheckForNull String snapshotId) {

    private static final String SSD = "ssd";
    private static final String PREMIUM_HDD = "premium-hdd";
    private static final int SMALLEST = 20;
    private static final int LARGEST_SSD = 1000;
    private static final int LARGEST_HDD = 3000;
    private static final int STEP = 10;

    /** Takes blank texts for absent ones. */
    public DiskSpec {
        az = Rules.given(az);
        description = Rules.given(description);
        diskType = Rules.given(diskType);
        name = Rules.given(name);
        snapshotId = Rules.given(snapshotId);
    }

    boolean isPrepaid() {
        return charge != null && charge.isPrepaid();
    }

    void check(Rules rules, String field) {
        rules.required(field + ".az", az, Messages.DiskSpec_zone());
        if (charge != null) {
            charge.check(rules, field + ".charge");
        }
        checkSize(rules, field + ".diskSizeGB");
        if (rules.required(field + ".diskType", diskType, Messages.DiskSpec_type(SSD, PREMIUM_HDD))) {
            rules.known(field + ".diskType", diskType, SSD, PREMIUM_HDD);
        }
        rules.required(field + ".name", name, Messages.DiskSpec_name());
        if (snapshotId != null) {
            // Deleting an image deletes all snapshots that belong to it, and JD Cloud does not say whose they were.
            String snapshot = field + ".snapshotId";
            rules.warning(snapshot, Messages.DiskSpec_snapshot(snapshot));
        }
    }

    /** Sizes of types that the page does not know are left to the cloud. */
    private void checkSize(Rules rules, String field) {
        if (diskSizeGB == null) {
            rules.error(field, Messages.DiskSpec_noSize(field));
        } else if (SSD.equals(diskType) || PREMIUM_HDD.equals(diskType)) {
            int largest = SSD.equals(diskType) ? LARGEST_SSD : LARGEST_HDD;
            rules.range(field, diskSizeGB, SMALLEST, largest, Messages.DiskSpec_unit(diskType));
            if (diskSizeGB % STEP != 0) {
                rules.error(field, Messages.DiskSpec_step(field, diskSizeGB, STEP));
            }
        } else if (diskSizeGB < 1) {
            rules.error(field, Messages.DiskSpec_tooSmall(field, diskSizeGB));
        }
    }
}

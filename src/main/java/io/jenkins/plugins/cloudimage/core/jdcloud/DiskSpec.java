package io.jenkins.plugins.cloudimage.core.jdcloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.List;
import java.util.Map;

/**
 * A cloud disk of the image, empty or from a snapshot: DiskSpec of <a
 * href="https://docs.jdcloud.com/cn/virtual-machines/api/createimage">createImage</a>. Newer pages say that zone, name,
 * description, policy, charge and {@code multiAttachable} have no effect in an image.
 *
 * @param az the availability zone of the disk, or null
 * @param charge how it is charged, or null for pay as you go by time
 * @param description its description, or null
 * @param diskSizeGB its size in GB: {@code ssd} 20 to 1000, {@code premium-hdd} 20 to 3000, the newer types 20 to
 *     16000, in steps of 10; null only with a snapshot
 * @param diskType {@code ssd.gp1}, {@code ssd.io1}, {@code hdd.std1} and so on, or null only with a snapshot
 * @param encrypt whether an empty disk is encrypted, or null for no
 * @param iops the I/O operations per second of a disk of type {@code ssd.io1}, in steps of 10, or null for the cloud's
 *     default
 * @param multiAttachable whether several instances may attach it at once, or null for no
 * @param name its name, or null
 * @param policyId the policy of its automatic snapshots, or null
 * @param snapshotId the snapshot that it is made from, or null for an empty disk
 */
public record DiskSpec(
        @CheckForNull String az,
        @CheckForNull ChargeSpec charge,
        @CheckForNull String description,
        @CheckForNull Integer diskSizeGB,
        @CheckForNull String diskType,
        @CheckForNull Boolean encrypt,
        @CheckForNull Integer iops,
        @CheckForNull Boolean multiAttachable,
        @CheckForNull String name,
        @CheckForNull String policyId,
        @CheckForNull String snapshotId) {

    private static final String WITH_IOPS = "ssd.io1";
    private static final int SMALLEST = 20;
    private static final int LARGEST = 16_000;
    private static final int STEP = 10;
    private static final int FEWEST_IOPS = 200;
    private static final int MOST_IOPS = 32_000;
    private static final int IOPS_PER_GB = 50;

    /** The older types, which have other maximum sizes. */
    private static final Map<String, Integer> OLDER = Map.of("ssd", 1000, "premium-hdd", 3000);

    private static final String[] TYPES = {"ssd.gp1", "ssd.gp2", WITH_IOPS, "ssd.io2", "hdd.std1", "ssd", "premium-hdd"
    };

    /** Blank texts become null. */
    public DiskSpec {
        az = Rules.given(az);
        description = Rules.given(description);
        diskType = Rules.given(diskType);
        name = Rules.given(name);
        policyId = Rules.given(policyId);
        snapshotId = Rules.given(snapshotId);
    }

    boolean isPrepaid() {
        return charge != null && charge.isPrepaid();
    }

    void check(Rules rules, String field) {
        if (charge != null) {
            charge.check(rules, field + ".charge");
        }
        checkSize(rules, field + ".diskSizeGB");
        String type = field + ".diskType";
        if (snapshotId != null || rules.required(type, diskType, Messages.DiskSpec_type())) {
            rules.known(type, diskType, TYPES);
        }
        checkIops(rules, field + ".iops");
        if (snapshotId != null) {
            // Deleting an image deletes all its snapshots, and JD Cloud does not tell which of them existed before.
            String snapshot = field + ".snapshotId";
            rules.warning(snapshot, Messages.DiskSpec_snapshot(snapshot));
            if (encrypt != null) {
                String encrypted = field + ".encrypt";
                rules.warning(encrypted, Messages.DiskSpec_encrypted(encrypted));
            }
        }
    }

    /** The sizes of types that the page does not list are not checked. */
    private void checkSize(Rules rules, String field) {
        if (diskSizeGB == null) {
            if (snapshotId == null) {
                rules.error(field, Messages.DiskSpec_noSize(field));
            }
        } else if (isKnownType()) {
            int largest = OLDER.getOrDefault(diskType, LARGEST);
            rules.range(field, diskSizeGB, SMALLEST, largest, Messages.DiskSpec_unit(diskType));
            if (diskSizeGB % STEP != 0) {
                rules.error(field, Messages.DiskSpec_step(field, diskSizeGB, STEP));
            }
        } else if (diskSizeGB < 1) {
            rules.error(field, Messages.DiskSpec_tooSmall(field, diskSizeGB));
        }
    }

    private boolean isKnownType() {
        return diskType != null && List.of(TYPES).contains(diskType);
    }

    private void checkIops(Rules rules, String field) {
        if (iops == null) {
            return;
        }
        if (!WITH_IOPS.equals(diskType)) {
            rules.warning(field, Messages.DiskSpec_noIops(field, WITH_IOPS));
            return;
        }
        int most = diskSizeGB == null ? MOST_IOPS : Math.min(MOST_IOPS, Math.max(diskSizeGB, 0) * IOPS_PER_GB);
        rules.range(field, iops, FEWEST_IOPS, most, Messages.DiskSpec_iops());
        if (iops % STEP != 0) {
            rules.error(field, Messages.DiskSpec_iopsStep(field, iops, STEP));
        }
    }
}

package io.jenkins.plugins.cloudimage.core.alibaba;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of CreateImage that all clouds with the ECS API have. */
public final class EcsApiRules {
    /** One system disk and at most sixteen data disks. */
    private static final int DISKS = 17;

    private static final int MIN_SIZE = 5;
    private static final int MAX_SIZE = 32_768;
    private static final int BASIC_MAX_SIZE = 2_000;
    private static final int OTHER_MIN_SIZE = 20;
    private static final Pattern DEVICE = Pattern.compile("/dev/x?vd[a-z]");
    private static final String DISK = "diskDeviceMapping";

    private EcsApiRules() {}

    /**
     * States the common rules.
     *
     * @param request what is asked for
     * @return the rules, for the cloud to add its own
     */
    public static Rules of(EcsApiRequest request) {
        Rules rules = new Rules().region(request.region());
        if (rules.required("imageName", request.imageName(), "the name of the new image")) {
            AlibabaRules.name(rules, "imageName", request.imageName());
        }
        AlibabaRules.description(rules, request.description());
        source(rules, request);
        disks(rules, request);
        system(rules, request);
        rules.looksLike("resourceGroupId", Collections.singletonList(request.resourceGroupId()), "rg-");
        AlibabaRules.tags(rules, request.tags());
        return rules;
    }

    /**
     * Warns of a value that the API's page does not list.
     *
     * @param rules collects what is broken
     * @param field the parameter
     * @param value its value, or null
     * @param known the values on the page
     */
    public static void known(Rules rules, String field, @CheckForNull String value, Collection<String> known) {
        if (Rules.isGiven(value) && !known.contains(value)) {
            rules.warning(
                    field, "\"" + value + "\" is none of the values that are documented: " + String.join(", ", known));
        }
    }

    /** The API does not refuse several sources; it takes the first in this order. */
    private static void source(Rules rules, EcsApiRequest request) {
        boolean machine = Rules.isGiven(request.instanceId());
        boolean disks = !request.diskDeviceMapping().isEmpty();
        boolean snapshot = Rules.isGiven(request.snapshotId());
        if (!machine && !disks && !snapshot) {
            rules.error(
                    "instanceId",
                    "is missing: give instanceId, diskDeviceMapping or snapshotId, the source of the image");
        }
        if (disks && machine) {
            rules.warning(DISK, "is ignored beside instanceId, which comes first; remove one of them");
        }
        if (snapshot && (machine || disks)) {
            rules.warning(
                    "snapshotId",
                    "is ignored beside " + (machine ? "instanceId" : DISK) + ", which comes first; remove one of them");
        }
        rules.looksLike("instanceId", Collections.singletonList(request.instanceId()), "i-")
                .looksLike("snapshotId", Collections.singletonList(request.snapshotId()), "s-");
    }

    private static void disks(Rules rules, EcsApiRequest request) {
        List<DiskDeviceMapping> disks = request.diskDeviceMapping();
        if (disks.size() > DISKS) {
            rules.warning(DISK, "has " + disks.size() + " disks; the cloud takes " + DISKS + " at most");
        }
        if (disks.stream().filter(EcsApiRules::isSystem).count() > 1) {
            rules.error(DISK, "has several disks of diskType system; an image has one system disk");
        }
        Set<String> devices = new HashSet<>();
        for (DiskDeviceMapping disk : disks) {
            disk(rules, disk);
            if (Rules.isGiven(disk.device()) && !devices.add(disk.device())) {
                rules.error(DISK, "names the device " + disk.device() + " twice; give each disk its own");
            }
        }
    }

    private static void disk(Rules rules, DiskDeviceMapping disk) {
        boolean hasSnapshot = Rules.isGiven(disk.snapshotId());
        if (!hasSnapshot && isSystem(disk)) {
            rules.error(DISK, "has a disk of diskType system without snapshotId; give the system disk a snapshot");
        }
        rules.looksLike(DISK, Collections.singletonList(disk.snapshotId()), "s-");
        known(rules, DISK, disk.diskType(), List.of("system", "data"));
        if (Rules.isGiven(disk.device()) && !DEVICE.matcher(disk.device()).matches()) {
            rules.warning(
                    DISK,
                    "device \"" + disk.device() + "\" is unusual: /dev/vda to /dev/vdz, for basic cloud disks "
                            + "/dev/xvda to /dev/xvdz");
        }
        Integer size = disk.size();
        if (size != null) {
            size(rules, size, hasSnapshot, disk.device());
        }
    }

    /** The kind of disk, on which the range depends, is no parameter; the device name only hints at it. */
    private static void size(Rules rules, int size, boolean hasSnapshot, @CheckForNull String device) {
        if (hasSnapshot) {
            if (size < 1) {
                rules.error(DISK, "size " + size + " is impossible: at least the size of the snapshot, in GiB");
            }
        } else if (size < MIN_SIZE || size > MAX_SIZE) {
            rules.error(
                    DISK,
                    "size " + size + " is out of range: basic cloud disks have 5 to 2000 GiB, others 20 to 32768 GiB");
        } else if (device != null && device.startsWith("/dev/xvd") && size > BASIC_MAX_SIZE) {
            rules.warning(
                    DISK, "size " + size + " at " + device + " is doubtful: basic cloud disks have 5 to 2000 GiB");
        } else if (device != null && device.startsWith("/dev/vd") && size < OTHER_MIN_SIZE) {
            rules.warning(
                    DISK,
                    "size " + size + " at " + device + " is doubtful: other than basic disks have 20 to 32768 GiB");
        }
    }

    /** Both parameters describe a system disk whose snapshot was none. */
    private static void system(Rules rules, EcsApiRequest request) {
        boolean disks = !request.diskDeviceMapping().isEmpty();
        boolean system = request.diskDeviceMapping().stream().anyMatch(EcsApiRules::isSystem);
        String[][] fields = {{"platform", request.platform()}, {"architecture", request.architecture()}};
        for (String[] field : fields) {
            boolean given = Rules.isGiven(field[1]);
            rules.onlyWith(field[0], given, DISK, disks);
            if (given && disks && !system) {
                rules.warning(
                        field[0],
                        "counts only for a data disk's snapshot that becomes the system disk: set its diskType to "
                                + "system");
            }
        }
    }

    private static boolean isSystem(DiskDeviceMapping disk) {
        return "system".equalsIgnoreCase(disk.diskType());
    }
}

package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaRules;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of CreateImage that all clouds with the ECS API have. */
public final class EcsApiRules {
    /** One system disk and at most 16 data disks. */
    private static final int DISKS = 17;

    private static final int MIN_SIZE = 5;
    private static final int MAX_SIZE = 32_768;
    private static final int BASIC_MAX_SIZE = 2_000;
    private static final int OTHER_MIN_SIZE = 20;
    private static final Pattern DEVICE = Pattern.compile("/dev/x?vd[a-z]");
    private static final String DISK = "diskDeviceMapping";

    private EcsApiRules() {}

    /** Checks what all these clouds require. */
    public static Rules of(EcsApiRequest request) {
        Rules rules = new Rules().region(request.region());
        if (rules.imageName(request.imageName())) {
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

    /** Warns of a value that the API's page does not list. */
    public static void known(Rules rules, String field, @CheckForNull String value, Collection<String> known) {
        if (Rules.isGiven(value) && !known.contains(value)) {
            rules.warning(field, Messages.EcsApiRules_unknown(field, value, String.join(", ", known)));
        }
    }

    /** The API accepts several sources and silently uses the first in this order. */
    private static void source(Rules rules, EcsApiRequest request) {
        boolean instance = Rules.isGiven(request.instanceId());
        boolean disks = !request.diskDeviceMapping().isEmpty();
        boolean snapshot = Rules.isGiven(request.snapshotId());
        if (!instance && !disks && !snapshot) {
            rules.error("instanceId", Messages.EcsApiRules_noSource());
        }
        if (disks && instance) {
            rules.warning(DISK, Messages.EcsApiRules_ignored(DISK, "instanceId"));
        }
        if (snapshot && (instance || disks)) {
            rules.warning("snapshotId", Messages.EcsApiRules_ignored("snapshotId", instance ? "instanceId" : DISK));
        }
        rules.looksLike("instanceId", Collections.singletonList(request.instanceId()), "i-")
                .looksLike("snapshotId", Collections.singletonList(request.snapshotId()), "s-");
    }

    private static void disks(Rules rules, EcsApiRequest request) {
        List<DiskDeviceMapping> disks = request.diskDeviceMapping();
        if (disks.size() > DISKS) {
            rules.warning(DISK, Messages.EcsApiRules_manyDisks(disks.size(), DISKS));
        }
        if (disks.stream().filter(EcsApiRules::isSystem).count() > 1) {
            rules.error(DISK, Messages.EcsApiRules_systemDisks());
        }
        Set<String> devices = new HashSet<>();
        for (DiskDeviceMapping disk : disks) {
            disk(rules, disk);
            if (Rules.isGiven(disk.device()) && !devices.add(disk.device())) {
                rules.error(DISK, Messages.EcsApiRules_sameDevice(disk.device()));
            }
        }
    }

    private static void disk(Rules rules, DiskDeviceMapping disk) {
        boolean hasSnapshot = Rules.isGiven(disk.snapshotId());
        if (!hasSnapshot && isSystem(disk)) {
            rules.error(DISK, Messages.EcsApiRules_noSnapshot());
        }
        rules.looksLike(DISK, Collections.singletonList(disk.snapshotId()), "s-");
        known(rules, DISK, disk.diskType(), List.of("system", "data"));
        if (Rules.isGiven(disk.device()) && !DEVICE.matcher(disk.device()).matches()) {
            rules.warning(DISK, Messages.EcsApiRules_device(disk.device()));
        }
        Integer size = disk.size();
        if (size != null) {
            size(rules, size, hasSnapshot, disk.device());
        }
    }

    /** The allowed range depends on the kind of disk, which is no parameter; only the device name suggests it. */
    private static void size(Rules rules, int size, boolean hasSnapshot, @CheckForNull String device) {
        if (hasSnapshot) {
            if (size < 1) {
                rules.error(DISK, Messages.EcsApiRules_impossible(size));
            }
        } else if (size < MIN_SIZE || size > MAX_SIZE) {
            rules.error(DISK, Messages.EcsApiRules_size(size));
        } else if (device != null && device.startsWith("/dev/xvd") && size > BASIC_MAX_SIZE) {
            rules.warning(DISK, Messages.EcsApiRules_basicSize(size, device));
        } else if (device != null && device.startsWith("/dev/vd") && size < OTHER_MIN_SIZE) {
            rules.warning(DISK, Messages.EcsApiRules_otherSize(size, device));
        }
    }

    /** Both parameters describe a system disk that is made from a data disk's snapshot. */
    private static void system(Rules rules, EcsApiRequest request) {
        boolean disks = !request.diskDeviceMapping().isEmpty();
        boolean system = request.diskDeviceMapping().stream().anyMatch(EcsApiRules::isSystem);
        String[][] fields = {{"platform", request.platform()}, {"architecture", request.architecture()}};
        for (String[] field : fields) {
            boolean given = Rules.isGiven(field[1]);
            rules.onlyWith(field[0], given, DISK, disks);
            if (given && disks && !system) {
                rules.warning(field[0], Messages.EcsApiRules_onlySystem(field[0]));
            }
        }
    }

    private static boolean isSystem(DiskDeviceMapping disk) {
        return "system".equalsIgnoreCase(disk.diskType());
    }
}

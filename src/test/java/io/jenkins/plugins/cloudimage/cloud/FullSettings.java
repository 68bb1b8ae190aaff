package io.jenkins.plugins.cloudimage.cloud;

import java.util.List;

/** Settings of each cloud in which every field has a value other than its default, whether they go together or not. */
final class FullSettings {
    private FullSettings() {}

    static List<CloudSettings> all() {
        List<CloudSettings> all = List.of(tencentCloud(), jdCloud(), new QcloudSettings("gz"));
        all.forEach(settings -> {
            settings.setEndpoint("simulator");
            settings.setInstanceId("ins-1");
        });
        return all;
    }

    private static CloudSettings tencentCloud() {
        TencentCloudSettings cloud = new TencentCloudSettings("xx-newregion");
        cloud.setDataDiskIds(List.of("disk-1", "disk-2"));
        cloud.setSnapshotIds(List.of("snap-1", "snap-2"));
        cloud.setForcePoweroff(true);
        cloud.setSysprep(true);
        cloud.setDryRun(true);
        return cloud;
    }

    private static CloudSettings jdCloud() {
        JdDiskCharge charge = new JdDiskCharge();
        charge.setChargeMode("prepaid_by_duration");
        charge.setChargeUnit("year");
        charge.setChargeDuration(3);
        JdCloudDisk disk = new JdCloudDisk("cn-north-1a", 20, "ssd", "data");
        disk.setCharge(charge);
        disk.setDescription("for data");
        disk.setMultiAttachable(true);
        disk.setSnapshotId("snapshot-1");
        JdDataDisk added = new JdDataDisk();
        added.setDeviceName("vdb");
        added.setDiskCategory("cloud");
        added.setAutoDelete(false);
        added.setCloudDiskSpec(disk);
        JdDataDisk excluded = new JdDataDisk();
        excluded.setDeviceName("vdc");
        excluded.setNoDevice(true);
        JdCloudSettings cloud = new JdCloudSettings("cn-north-1");
        cloud.setDataDisks(List.of(added, excluded));
        return cloud;
    }
}

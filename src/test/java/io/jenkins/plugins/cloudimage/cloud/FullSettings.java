package io.jenkins.plugins.cloudimage.cloud;

import java.util.List;

/** Settings of each cloud in which every field has a value other than its default, whether they go together or not. */
public final class FullSettings {
    private FullSettings() {}

    /** One of each cloud. */
    public static List<CloudSettings> all() {
        List<CloudSettings> all =
                List.of(jdCloud(), tencentCloud(), new QcloudSettings("gz"), apsaraStack(), alibabaEns(), alibabaEcs());
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
        TencentImageTag team = new TencentImageTag("team");
        team.setValue("web");
        cloud.setTags(List.of(team, new TencentImageTag("empty")));
        cloud.setImageFamily("web");
        return cloud;
    }

    private static CloudSettings jdCloud() {
        JdCloudDiskCharge charge = new JdCloudDiskCharge();
        charge.setChargeMode("prepaid_by_duration");
        charge.setChargeUnit("year");
        charge.setChargeDuration(3);
        charge.setAutoRenew(true);
        charge.setAutoChangeChargeMode(true);
        charge.setAutoChangeChargeModeDate("2026-12-18");
        charge.setBuyScenario("e30=");
        JdCloudDisk disk = new JdCloudDisk();
        disk.setAz("cn-north-1a");
        disk.setDiskSizeGB(20);
        disk.setDiskType("ssd.io1");
        disk.setEncrypt(true);
        disk.setIops(1000);
        disk.setName("data");
        disk.setPolicyId("policy-1");
        disk.setCharge(charge);
        disk.setDescription("for data");
        disk.setMultiAttachable(true);
        disk.setSnapshotId("snapshot-1");
        JdCloudDataDisk added = new JdCloudDataDisk();
        added.setDeviceName("vdb");
        added.setDiskCategory("cloud");
        added.setAutoDelete(false);
        added.setCloudDiskSpec(disk);
        JdCloudDataDisk excluded = new JdCloudDataDisk();
        excluded.setDeviceName("vdc");
        excluded.setNoDevice(true);
        JdCloudSettings cloud = new JdCloudSettings("cn-north-1");
        cloud.setDataDisks(List.of(added, excluded));
        return cloud;
    }

    private static CloudSettings apsaraStack() {
        ApsaraStackSettings cloud = ecs(new ApsaraStackSettings("cn-qingdao-env17-d01"));
        cloud.setOrganizationId("37");
        cloud.setResourceSetId("104");
        return cloud;
    }

    private static CloudSettings alibabaEns() {
        AlibabaEnsSettings cloud = new AlibabaEnsSettings();
        cloud.setSnapshotId("s-1");
        cloud.setWithDataDisks(true);
        cloud.setDeleteAfterImageUpload(true);
        cloud.setTargetOSSRegionId("cn-beijing");
        return cloud;
    }

    private static CloudSettings alibabaEcs() {
        AlibabaEcsSettings cloud = ecs(new AlibabaEcsSettings("cn-hangzhou"));
        cloud.setBootMode("UEFI");
        cloud.setImageFamily("web");
        cloud.setImageVersion("2026.1");
        cloud.setDetectionStrategy("Standard");
        cloud.setImdsSupport("v2");
        cloud.setSecureBootSupport("supported");
        cloud.setStorageLocationArn("arn:acs:cloudbox:cn-hangzhou:1234567890:cloudbox/cb-1");
        return cloud;
    }

    private static <T extends EcsApiSettings> T ecs(T cloud) {
        EcsDiskMapping system = new EcsDiskMapping();
        system.setSnapshotId("s-2");
        system.setDiskType("system");
        system.setDevice("/dev/xvda");
        system.setSize(40);
        EcsDiskMapping data = new EcsDiskMapping();
        data.setSize(100);
        EcsImageTag team = new EcsImageTag("team");
        team.setValue("web");
        cloud.setSnapshotId("s-1");
        cloud.setDiskDeviceMapping(List.of(system, data));
        cloud.setPlatform("CentOS");
        cloud.setArchitecture("i386");
        cloud.setResourceGroupId("rg-1");
        cloud.setTags(List.of(team, new EcsImageTag("empty")));
        return cloud;
    }
}

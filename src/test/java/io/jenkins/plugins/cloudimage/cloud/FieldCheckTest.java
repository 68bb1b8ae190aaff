package io.jenkins.plugins.cloudimage.cloud;

import static hudson.util.FormValidation.Kind.ERROR;
import static hudson.util.FormValidation.Kind.OK;
import static hudson.util.FormValidation.Kind.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.FormValidation;
import org.junit.jupiter.api.Test;

/** Fields of all forms that have rules: just inside and just outside, and with a variable in them. */
class FieldCheckTest {

    private static void assertChecks(FormValidation.Kind kind, FormValidation validation) {
        assertEquals(kind, validation.kind, validation.toString());
    }

    @Test
    void jdCloudsInstance() {
        JdCloudSettings.DescriptorImpl form = new JdCloudSettings.DescriptorImpl();
        assertChecks(OK, form.doCheckInstanceId("i-eumm9d8xvv"));
        assertChecks(OK, form.doCheckInstanceId("${INSTANCE}"));
        assertChecks(ERROR, form.doCheckInstanceId(""));
        assertChecks(ERROR, form.doCheckInstanceId("i/1"));
        assertChecks(WARNING, form.doCheckInstanceId("vm-1"));
    }

    @Test
    void jdCloudsDataDisks() {
        JdCloudDataDisk.DescriptorImpl form = new JdCloudDataDisk.DescriptorImpl();
        assertChecks(OK, form.doCheckDeviceName("vdb", true));
        assertChecks(OK, form.doCheckDeviceName("", false));
        assertChecks(ERROR, form.doCheckDeviceName("", true));
        assertChecks(WARNING, form.doCheckDeviceName("vda", false));
        assertChecks(WARNING, form.doCheckDeviceName("vdca", false));
        assertChecks(OK, form.doCheckDiskCategory("cloud"));
        assertChecks(ERROR, form.doCheckDiskCategory("local"));
    }

    @Test
    void jdCloudsDisks() {
        JdCloudDisk.DescriptorImpl form = new JdCloudDisk.DescriptorImpl();
        assertChecks(OK, form.doCheckDiskSizeGB("1000", "ssd", ""));
        assertChecks(ERROR, form.doCheckDiskSizeGB("1010", "ssd", ""));
        assertChecks(OK, form.doCheckDiskSizeGB("3000", "premium-hdd", ""));
        assertChecks(ERROR, form.doCheckDiskSizeGB("25", "premium-hdd", ""));
        assertChecks(OK, form.doCheckDiskSizeGB("7", "ssd.io9", ""));
        assertChecks(ERROR, form.doCheckDiskSizeGB("", "ssd", ""));
        assertChecks(OK, form.doCheckDiskSizeGB("", "ssd", "snapshot-1"));
        assertChecks(ERROR, form.doCheckDiskSizeGB("${SIZE}", "ssd", ""));
        String message = form.doCheckDiskSizeGB("1010", "ssd", "").getMessage();
        assertTrue(message.startsWith("diskSizeGB is 1010"), message);
        assertChecks(OK, form.doCheckDiskType("ssd.io1", ""));
        assertChecks(WARNING, form.doCheckDiskType("ssd.io9", ""));
        assertChecks(ERROR, form.doCheckDiskType("", ""));
        assertChecks(OK, form.doCheckDiskType("", "snapshot-1"));
        assertChecks(OK, form.doCheckIops("", "ssd"));
        assertChecks(OK, form.doCheckIops("2000", "ssd.io1"));
        assertChecks(ERROR, form.doCheckIops("2005", "ssd.io1"));
        assertChecks(WARNING, form.doCheckIops("2000", "ssd"));
        assertChecks(OK, form.doCheckEncrypt(true, ""));
        assertChecks(WARNING, form.doCheckEncrypt(true, "snapshot-1"));
        assertChecks(WARNING, form.doCheckSnapshotId("snapshot-1"));
    }

    @Test
    void jdCloudsPayment() {
        JdCloudDiskCharge.DescriptorImpl form = new JdCloudDiskCharge.DescriptorImpl();
        assertChecks(OK, form.doCheckChargeMode("postpaid_by_usage"));
        assertChecks(WARNING, form.doCheckChargeMode("free"));
        assertChecks(OK, form.doCheckChargeDuration("9", "prepaid_by_duration", "", false));
        assertChecks(ERROR, form.doCheckChargeDuration("10", "prepaid_by_duration", "month", false));
        assertChecks(OK, form.doCheckChargeDuration("3", "prepaid_by_duration", "year", false));
        assertChecks(ERROR, form.doCheckChargeDuration("4", "prepaid_by_duration", "year", false));
        assertChecks(ERROR, form.doCheckChargeDuration("", "prepaid_by_duration", "year", false));
        assertChecks(ERROR, form.doCheckChargeDuration("1", "", "", false));
        assertChecks(OK, form.doCheckChargeDuration("1", "", "", true));
        assertChecks(ERROR, form.doCheckChargeUnit("year", "postpaid_by_usage", false));
        assertChecks(OK, form.doCheckChargeUnit("year", "postpaid_by_usage", true));
        assertChecks(WARNING, form.doCheckChargeUnit("week", "prepaid_by_duration", false));
        assertChecks(ERROR, form.doCheckAutoRenew(true, "", false));
        assertChecks(OK, form.doCheckAutoRenew(true, "prepaid_by_duration", false));
        assertChecks(ERROR, form.doCheckAutoChangeChargeMode(true, "prepaid_by_duration"));
        assertChecks(OK, form.doCheckAutoChangeChargeMode(true, "postpaid_by_usage"));
        assertChecks(OK, form.doCheckAutoChangeChargeModeDate("2026-12-18", true));
        assertChecks(ERROR, form.doCheckAutoChangeChargeModeDate("", true));
        assertChecks(ERROR, form.doCheckAutoChangeChargeModeDate("soon", true));
        assertChecks(OK, form.doCheckAutoChangeChargeModeDate("", false));
    }

    @Test
    void qcloudsMachine() {
        QcloudSettings.DescriptorImpl form = new QcloudSettings.DescriptorImpl();
        assertChecks(OK, form.doCheckInstanceId("ins-1"));
        assertChecks(WARNING, form.doCheckInstanceId("i-1"));
        assertChecks(ERROR, form.doCheckInstanceId(""));
    }

    @Test
    void whatAllEcsApisTake() {
        ApsaraStackSettings.DescriptorImpl form = new ApsaraStackSettings.DescriptorImpl();
        assertChecks(OK, form.doCheckInstanceId(""));
        assertChecks(OK, form.doCheckInstanceId("i-1"));
        assertChecks(WARNING, form.doCheckInstanceId("ins-1"));
        assertChecks(OK, form.doCheckSnapshotId("s-1", ""));
        assertChecks(WARNING, form.doCheckSnapshotId("s-1", "i-1"));
        assertChecks(OK, form.doCheckPlatform("CentOS"));
        assertChecks(WARNING, form.doCheckPlatform("Plan 9"));
        assertChecks(OK, form.doCheckPlatform("${OS}"));
        assertChecks(WARNING, form.doCheckArchitecture("arm64"));
        assertChecks(OK, new AlibabaEcsSettings.DescriptorImpl().doCheckArchitecture("arm64"));
        assertChecks(WARNING, form.doCheckResourceGroupId("group"));
        assertChecks(OK, form.doCheckOrganizationId("37"));
        assertChecks(WARNING, form.doCheckOrganizationId("mine"));
        assertChecks(WARNING, form.doCheckResourceSetId("mine"));
    }

    @Test
    void disksOfSnapshots() {
        EcsDiskMapping.DescriptorImpl form = new EcsDiskMapping.DescriptorImpl();
        assertChecks(OK, form.doCheckSize("5", "", ""));
        assertChecks(ERROR, form.doCheckSize("4", "", ""));
        assertChecks(ERROR, form.doCheckSize("32769", "", "/dev/vdb"));
        assertChecks(OK, form.doCheckSize("", "", ""));
        assertChecks(ERROR, form.doCheckSize("big", "", ""));
        assertChecks(OK, form.doCheckDevice("/dev/vdz"));
        assertChecks(WARNING, form.doCheckDevice("/dev/sda"));
        assertChecks(OK, form.doCheckDiskType("system", "s-1"));
        assertChecks(ERROR, form.doCheckDiskType("system", ""));
        assertChecks(WARNING, form.doCheckDiskType("swap", ""));
        assertChecks(WARNING, form.doCheckSnapshotId("snap-1"));
    }

    @Test
    void tags() {
        EcsImageTag.DescriptorImpl form = new EcsImageTag.DescriptorImpl();
        assertChecks(OK, form.doCheckKey("team"));
        assertChecks(ERROR, form.doCheckKey(""));
        assertChecks(ERROR, form.doCheckKey("acs:team"));
        assertChecks(OK, form.doCheckKey("${TEAM}"));
        assertChecks(OK, form.doCheckValue("v".repeat(128)));
        assertChecks(ERROR, form.doCheckValue("v".repeat(129)));
    }

    @Test
    void tencentTags() {
        TencentImageTag.DescriptorImpl form = new TencentImageTag.DescriptorImpl();
        assertChecks(OK, form.doCheckKey("team"));
        assertChecks(ERROR, form.doCheckKey(""));
        assertChecks(WARNING, form.doCheckKey("qcs:team"));
        assertChecks(OK, form.doCheckKey("${TEAM}"));
        assertChecks(OK, form.doCheckValue("v".repeat(127)));
        assertChecks(ERROR, form.doCheckValue("v".repeat(256)));
    }

    @Test
    void whatPublicEcsTakesBesides() {
        AlibabaEcsSettings.DescriptorImpl form = new AlibabaEcsSettings.DescriptorImpl();
        assertChecks(OK, form.doCheckBootMode("UEFI"));
        assertChecks(WARNING, form.doCheckBootMode("Coreboot"));
        assertChecks(ERROR, form.doCheckImageFamily("aliyun-web"));
        assertChecks(OK, form.doCheckImageFamily("web"));
        assertChecks(OK, form.doCheckImageVersion("v".repeat(40)));
        assertChecks(ERROR, form.doCheckImageVersion("v".repeat(41)));
        assertChecks(WARNING, form.doCheckDetectionStrategy("Deep"));
        assertChecks(WARNING, form.doCheckImdsSupport("v3"));
        assertChecks(OK, form.doCheckSecureBootSupport("supported"));
        assertChecks(WARNING, form.doCheckSecureBootSupport("yes"));
        assertChecks(WARNING, form.doCheckStorageLocationArn("cloudbox"));
    }

    @Test
    void ens() {
        AlibabaEnsSettings.DescriptorImpl form = new AlibabaEnsSettings.DescriptorImpl();
        assertChecks(OK, form.doCheckInstanceId("i-1", "", false));
        assertChecks(ERROR, form.doCheckInstanceId("", "", false));
        assertChecks(OK, form.doCheckInstanceId("", "s-1", false));
        FormValidation destroyed = form.doCheckInstanceId("i-1", "", true);
        assertChecks(WARNING, destroyed);
        assertTrue(destroyed.getMessage().contains("release the instance"), destroyed.getMessage());
        assertChecks(ERROR, form.doCheckSnapshotId("s-1", "i-1"));
        assertChecks(OK, form.doCheckSnapshotId("s-1", ""));
        assertChecks(OK, form.doCheckTargetOSSRegionId("cn-beijing"));
        assertChecks(WARNING, form.doCheckTargetOSSRegionId("Beijing"));
    }
}

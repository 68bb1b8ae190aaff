package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdCloudImageRequestTest {
    private static final String INSTANCE = "i-eumm9d8xvv";
    private static final String DISK = "dataDisks[0].cloudDiskSpec";

    private static JdCloudImageRequest request(String imageName, String description) {
        return new JdCloudImageRequest("cn-north-1", imageName, description, INSTANCE, null);
    }

    private static JdCloudImageRequest disks(InstanceDiskAttachmentSpec... disks) {
        return new JdCloudImageRequest("cn-north-1", "web-1", null, INSTANCE, Arrays.asList(disks));
    }

    private static JdCloudImageRequest disk(DiskSpec spec) {
        return disks(new InstanceDiskAttachmentSpec(null, spec, "vdf", "cloud", null));
    }

    private static DiskSpec spec(String diskType, Integer size, ChargeSpec charge) {
        return spec(diskType, size, charge, null, null);
    }

    private static DiskSpec spec(String diskType, Integer size, ChargeSpec charge, Boolean shared, String snapshotId) {
        return new DiskSpec(null, charge, null, size, diskType, null, null, shared, null, null, snapshotId);
    }

    private static DiskSpec iops(String diskType, Integer size, Integer iops) {
        return new DiskSpec(null, null, null, size, diskType, null, iops, null, null, null, null);
    }

    private static JdCloudImageRequest charge(String mode, String unit, Integer duration) {
        return disk(spec("ssd", 20, new ChargeSpec(duration, mode, unit)));
    }

    private static List<String> errors(JdCloudImageRequest request) {
        return fields(request, Problem.Severity.ERROR);
    }

    private static List<String> warnings(JdCloudImageRequest request) {
        return fields(request, Problem.Severity.WARNING);
    }

    private static List<String> fields(JdCloudImageRequest request, Problem.Severity severity) {
        return request.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::field)
                .toList();
    }

    private static List<String> messages(JdCloudImageRequest request) {
        return request.problems().stream().map(Problem::message).toList();
    }

    @Test
    void nameHasTwoTo32Characters() {
        assertEquals(List.of(), errors(request("ab", null)));
        assertEquals(List.of(), errors(request("镜".repeat(32), null)));
        assertEquals(List.of("imageName"), errors(request("a", null)));
        assertEquals(List.of("imageName"), errors(request("a".repeat(33), null)));
        assertEquals(List.of("imageName"), errors(request(" ", null)));
        assertEquals(List.of("imageName"), errors(request(null, null)));
    }

    @Test
    void dotsInANameAreDoubted() {
        assertEquals(List.of(), request("镜像-web_1", null).problems());
        assertEquals(List.of("imageName"), warnings(request("web-1.2", null)));
        assertEquals(List.of(), errors(request("web-1.2", null)));
        assertTrue(messages(request("web-1.2", null)).get(0).contains("some parts of JD Cloud do not allow dots"));
    }

    @ParameterizedTest
    @CsvSource({
        "feature/login-42, feature-login-42",
        "'web 1.2 ', web-1.2",
        "'web-1 ', web-1",
        "web@@1, web-1",
        "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p?, a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-",
        "??, image-1"
    })
    void aNameThatThePageForbidsIsAnErrorThatOffersAnother(String name, String other) {
        assertEquals(List.of("imageName"), errors(request(name, null)));
        assertTrue(messages(request(name, null)).get(0).endsWith("for example \"" + other + "\""));
        assertEquals(List.of(), errors(request(other, null)));
    }

    @Test
    void descriptionLeavesRoomForTheMark() {
        assertEquals(List.of(), errors(request("web-1", "d".repeat(236))));
        assertEquals(List.of("description"), errors(request("web-1", "d".repeat(237))));
        assertEquals(
                List.of("description has 237 characters; the maximum is 236: 20 of the cloud's 256 are reserved for the"
                        + " mark by which the plugin recognizes its image"),
                messages(request("web-1", "d".repeat(237))));
        assertEquals(List.of("description"), errors(request("web-1", "a\nb")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i-abc123", "i-eumm9d8xvv"})
    void aMachineIsNeeded(String instanceId) {
        assertEquals(List.of(), new JdCloudImageRequest("cn-north-1", "web-1", null, instanceId, null).problems());
        assertEquals(List.of("instanceId"), errors(new JdCloudImageRequest("cn-north-1", "web-1", null, null, null)));
        assertEquals(
                List.of("instanceId"), warnings(new JdCloudImageRequest("cn-north-1", "web-1", null, "vm-1", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "i-1/../..", "i-1:deleteInstance", "i-1?x", "i-1 "})
    void anIdThatCouldLeadElsewhereIsRefused(String instanceId) {
        assertEquals(
                List.of("instanceId"), errors(new JdCloudImageRequest("cn-north-1", "web-1", null, instanceId, null)));
    }

    @Test
    void regionsHaveAShapeButNoList() {
        assertEquals(List.of(), errors(new JdCloudImageRequest("xx-new-9", "web-1", null, INSTANCE, null)));
        assertEquals(List.of("region"), errors(new JdCloudImageRequest("cn/north", "web-1", null, INSTANCE, null)));
    }

    @Test
    void aDiskIsLeftOutByItsDeviceName() {
        assertEquals(
                List.of(),
                disks(new InstanceDiskAttachmentSpec(null, null, "vdb", null, true))
                        .problems());
        assertEquals(
                List.of("dataDisks[0].noDevice"),
                errors(disks(new InstanceDiskAttachmentSpec(null, null, " ", null, true))));
        assertEquals(
                List.of("dataDisks[0].cloudDiskSpec"),
                warnings(disks(new InstanceDiskAttachmentSpec(null, spec("ssd", 20, null), "vdb", null, true))));
    }

    @Test
    void anEntrySaysSomething() {
        assertEquals(
                List.of("dataDisks[1]"),
                errors(disks(
                        new InstanceDiskAttachmentSpec(null, null, "vdb", null, true),
                        new InstanceDiskAttachmentSpec(null, null, "", null, null))));
        assertEquals(
                List.of("dataDisks[0]"),
                warnings(disks(new InstanceDiskAttachmentSpec(null, null, "vdb", null, false))));
    }

    @Test
    void dataDisksAreCloudDisks() {
        assertEquals(
                List.of("dataDisks[0].diskCategory"),
                errors(disks(new InstanceDiskAttachmentSpec(null, null, "vdb", "local", true))));
        assertEquals(
                List.of("dataDisks[0].diskCategory"),
                warnings(disks(new InstanceDiskAttachmentSpec(null, null, "vdb", "tape", true))));
    }

    @Test
    void unusualDeviceNamesAreWarningsOnly() {
        for (String device : List.of("vdb", "vdi", "vdz", "vdaa", "vdbm")) {
            assertEquals(
                    List.of(),
                    disks(new InstanceDiskAttachmentSpec(null, null, device, null, true))
                            .problems());
        }
        for (String device : List.of("vda", "vdbn", "vdca", "sdb")) {
            JdCloudImageRequest request = disks(new InstanceDiskAttachmentSpec(null, null, device, null, true));
            assertEquals(List.of("dataDisks[0].deviceName"), warnings(request));
            assertEquals(List.of(), errors(request));
        }
        InstanceDiskAttachmentSpec vdb = new InstanceDiskAttachmentSpec(null, null, "vdb", null, true);
        assertEquals(List.of("dataDisks"), warnings(disks(vdb, vdb)));
    }

    @ParameterizedTest
    @CsvSource({
        "ssd, 20",
        "ssd, 1000",
        "premium-hdd, 20",
        "premium-hdd, 3000",
        "ssd.gp1, 20",
        "ssd.gp1, 16000",
        "ssd.gp2, 16000",
        "ssd.io1, 16000",
        "ssd.io2, 16000",
        "hdd.std1, 16000"
    })
    void diskSizesAtTheirLimits(String diskType, int size) {
        assertEquals(List.of(), disk(spec(diskType, size, null)).problems());
    }

    @ParameterizedTest
    @CsvSource({
        "ssd, 10",
        "ssd, 1010",
        "ssd, 25",
        "premium-hdd, 10",
        "premium-hdd, 3010",
        "premium-hdd, 2995",
        "ssd.gp1, 10",
        "ssd.gp1, 16010",
        "hdd.std1, 16010",
        "ssd, 0",
        "ssd, -20"
    })
    void diskSizesBeyondTheirLimits(String diskType, int size) {
        JdCloudImageRequest request = disk(spec(diskType, size, null));

        assertEquals(List.of(DISK + ".diskSizeGB"), errors(request));
        assertTrue(
                messages(request).get(0).contains("is " + size + "; the cloud takes "),
                messages(request).get(0));
    }

    @Test
    void newDiskTypesAreLeftToTheCloud() {
        assertEquals(List.of(DISK + ".diskType"), warnings(disk(spec("ssd.gp9", 15, null))));
        assertEquals(List.of(), errors(disk(spec("ssd.gp9", 20_000, null))));
        assertEquals(List.of(DISK + ".diskSizeGB"), errors(disk(spec("ssd.gp9", 0, null))));
    }

    @Test
    void anEmptyDiskHasTypeAndSizeAndNeedsNoZoneAndNoName() {
        assertEquals(List.of(DISK + ".diskSizeGB", DISK + ".diskType"), errors(disk(spec(" ", null, null))));
        assertEquals(List.of(), disk(spec("ssd.gp1", 20, null)).problems());
        assertEquals(List.of(), errors(disk(spec(null, null, null, null, "snapshot-1"))));
    }

    @ParameterizedTest
    @CsvSource({"100, 200", "100, 5000", "16000, 32000", ", 32000"})
    void iopsAtTheirLimits(Integer size, int iops) {
        assertEquals(
                List.of(),
                messages(disk(iops("ssd.io1", size, iops))).stream()
                        .filter(message -> message.contains(".iops"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"100, 190", "100, 5010", "16000, 32010", "100, 2005"})
    void iopsBeyondTheirLimits(Integer size, int iops) {
        assertEquals(List.of(DISK + ".iops"), errors(disk(iops("ssd.io1", size, iops))));
    }

    @Test
    void iopsAndEncryptionWithoutEffectAreDoubted() {
        assertEquals(List.of(DISK + ".iops"), warnings(disk(iops("ssd.gp1", 20, 5))));
        assertEquals(
                List.of(DISK + ".snapshotId", DISK + ".encrypt"),
                warnings(disk(
                        new DiskSpec(null, null, null, 20, "ssd.gp1", true, null, null, null, null, "snapshot-1"))));
    }

    @Test
    void paymentInAdvanceMayBeginLater() {
        assertEquals(
                List.of(),
                disk(spec("ssd", 20, new ChargeSpec(true, "2026-12-18", true, null, 1, "postpaid_by_duration", "year")))
                        .problems());
        assertEquals(
                List.of(),
                disk(spec("ssd", 20, new ChargeSpec(true, "2026-12-18", null, null, null, null, null)))
                        .problems());
        String charge = DISK + ".charge.";
        assertEquals(
                List.of(charge + "autoChangeChargeModeDate"),
                errors(disk(spec("ssd", 20, new ChargeSpec(true, " ", null, null, null, null, null)))));
        assertEquals(
                List.of(charge + "autoChangeChargeModeDate"),
                errors(disk(spec("ssd", 20, new ChargeSpec(true, "18.12.2026", null, null, null, null, null)))));
        assertEquals(
                List.of(charge + "autoRenew", charge + "autoChangeChargeModeDate"),
                errors(disk(spec("ssd", 20, new ChargeSpec(false, "2026-12-18", true, null, null, null, null)))));
        assertEquals(
                List.of(charge + "autoChangeChargeMode"),
                errors(disk(spec(
                        "ssd", 20, new ChargeSpec(true, "2026-12-18", null, null, 1, "prepaid_by_duration", null)))));
    }

    @Test
    void aSnapshotMayGoWithItsImage() {
        DiskSpec spec = spec("ssd", 20, null, null, "snapshot-1");

        assertEquals(List.of(DISK + ".snapshotId"), warnings(disk(spec)));
    }

    @ParameterizedTest
    @CsvSource({
        "prepaid_by_duration, , 1",
        "prepaid_by_duration, , 9",
        "prepaid_by_duration, month, 9",
        "prepaid_by_duration, year, 1",
        "prepaid_by_duration, year, 3",
        "postpaid_by_usage, , ",
        "postpaid_by_duration, , ",
        " , , "
    })
    void waysToPay(String mode, String unit, Integer duration) {
        assertEquals(List.of(), charge(mode, unit, duration).problems());
    }

    @ParameterizedTest
    @CsvSource({
        "prepaid_by_duration, month, 0, chargeDuration",
        "prepaid_by_duration, month, 10, chargeDuration",
        "prepaid_by_duration, , 10, chargeDuration",
        "prepaid_by_duration, year, 0, chargeDuration",
        "prepaid_by_duration, year, 4, chargeDuration",
        "prepaid_by_duration, month, , chargeDuration",
        "postpaid_by_usage, , 1, chargeDuration",
        "postpaid_by_duration, , 1, chargeDuration",
        " , , 1, chargeDuration",
        "postpaid_by_usage, month, , chargeUnit",
        " , year, , chargeUnit"
    })
    void waysNotToPay(String mode, String unit, Integer duration, String field) {
        assertEquals(List.of(DISK + ".charge." + field), errors(charge(mode, unit, duration)));
    }

    @Test
    void unknownWaysToPayAreLeftToTheCloud() {
        assertEquals(List.of(DISK + ".charge.chargeMode"), warnings(charge("by_barter", null, null)));
        assertEquals(List.of(DISK + ".charge.chargeUnit"), warnings(charge("prepaid_by_duration", "week", 1)));
    }

    @Test
    void autoDeleteHasNoEffectOnDisksThatArePaidInAdvanceOrShared() {
        DiskSpec prepaid = spec("ssd", 20, new ChargeSpec(1, "prepaid_by_duration", null));
        DiskSpec shared = spec("ssd", 20, null, true, null);

        assertEquals(
                List.of("dataDisks[0].autoDelete", "dataDisks[1].autoDelete"),
                warnings(disks(
                        new InstanceDiskAttachmentSpec(true, prepaid, "vdb", null, null),
                        new InstanceDiskAttachmentSpec(true, shared, "vdc", null, null),
                        new InstanceDiskAttachmentSpec(true, spec("ssd", 20, null), "vdd", null, null),
                        new InstanceDiskAttachmentSpec(false, shared, "vde", null, null))));
    }

    @Test
    void theRefusalNamesFieldValueAndRule() {
        CloudException refusal = assertThrows(
                CloudException.class,
                () -> charge("prepaid_by_duration", "year", 4).check());

        assertEquals(ErrorKind.INVALID_REQUEST, refusal.error().kind());
        assertTrue(
                refusal.getMessage()
                        .contains(
                                "dataDisks[0].cloudDiskSpec.charge.chargeDuration is 4; the cloud takes 1 to 3 years"),
                refusal.getMessage());
        assertFalse(request("web-1", null).dryRun());
    }

    @Test
    void surviveTheLedger() throws IOException {
        JdCloudImageRequest request = disk(spec("ssd", 20, new ChargeSpec(1, "prepaid_by_duration", "month")));
        JsonMapper json = JsonMapper.builder().build();
        json.registerSubtypes(new NamedType(JdCloudImageRequest.class, JdCloudProvider.ID));

        byte[] saved = json.writerFor(ImageRequest.class).writeValueAsBytes(request);

        assertEquals(request, json.readValue(saved, ImageRequest.class));
    }
}

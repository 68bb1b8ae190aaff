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
        return new DiskSpec("cn-north-1a", charge, null, size, diskType, null, "data", null);
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
    void unusualCharactersInANameAreWarningsOnly() {
        assertEquals(List.of(), request("镜像-web_1", null).problems());
        assertEquals(List.of("imageName"), warnings(request("web-1.2", null)));
        assertEquals(List.of("imageName"), warnings(request("web 1", null)));
        assertEquals(List.of(), errors(request("web 1.2", null)));
        assertTrue(messages(request("web-1.2", null)).get(0).contains("not all of JD Cloud takes dots"));
    }

    @Test
    void descriptionHasAtMost256Characters() {
        assertEquals(List.of(), errors(request("web-1", "d".repeat(256))));
        assertEquals(List.of("description"), errors(request("web-1", "d".repeat(257))));
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
        for (String device : List.of("vdb", "vdf", "vdi")) {
            assertEquals(
                    List.of(),
                    disks(new InstanceDiskAttachmentSpec(null, null, device, null, true))
                            .problems());
        }
        for (String device : List.of("vda", "vdj", "vdbm", "sdb")) {
            JdCloudImageRequest request = disks(new InstanceDiskAttachmentSpec(null, null, device, null, true));
            assertEquals(List.of("dataDisks[0].deviceName"), warnings(request));
            assertEquals(List.of(), errors(request));
        }
        InstanceDiskAttachmentSpec vdb = new InstanceDiskAttachmentSpec(null, null, "vdb", null, true);
        assertEquals(List.of("dataDisks"), warnings(disks(vdb, vdb)));
    }

    @ParameterizedTest
    @CsvSource({"ssd, 20", "ssd, 1000", "premium-hdd, 20", "premium-hdd, 3000"})
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
        assertEquals(List.of(DISK + ".diskType"), warnings(disk(spec("ssd.gp1", 15, null))));
        assertEquals(List.of(), errors(disk(spec("ssd.gp1", 16_000, null))));
        assertEquals(List.of(DISK + ".diskSizeGB"), errors(disk(spec("ssd.gp1", 0, null))));
    }

    @Test
    void aDiskHasZoneNameTypeAndSize() {
        assertEquals(
                List.of(DISK + ".az", DISK + ".diskSizeGB", DISK + ".diskType", DISK + ".name"),
                errors(disk(new DiskSpec("", null, null, null, " ", null, null, null))));
    }

    @Test
    void aSnapshotMayGoWithItsImage() {
        DiskSpec spec = new DiskSpec("cn-north-1a", null, null, 20, "ssd", null, "data", "snapshot-1");

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
        DiskSpec shared = new DiskSpec("cn-north-1a", null, null, 20, "ssd", true, "data", null);

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

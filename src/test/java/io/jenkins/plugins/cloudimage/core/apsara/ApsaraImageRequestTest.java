package io.jenkins.plugins.cloudimage.core.apsara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApsaraImageRequestTest {
    private static final String REGION = "cn-qingdao-env17-d01";
    private static final String INSTANCE = "i-bp1g6zv0ce8oghu7";

    private static ApsaraImageRequest texts(String name, String description) {
        return new ApsaraImageRequest(REGION, name, description, INSTANCE, null, null, null, null, null, null);
    }

    private static ApsaraImageRequest name(String name) {
        return texts(name, null);
    }

    private static ApsaraImageRequest sources(String instanceId, String snapshotId, DiskDeviceMapping... disks) {
        return new ApsaraImageRequest(
                REGION, "web-1", null, instanceId, snapshotId, List.of(disks), null, null, null, null);
    }

    private static ApsaraImageRequest system(String platform, String architecture, DiskDeviceMapping... disks) {
        return new ApsaraImageRequest(
                REGION,
                "web-1",
                null,
                disks.length == 0 ? INSTANCE : null,
                null,
                List.of(disks),
                platform,
                architecture,
                null,
                null);
    }

    private static ApsaraImageRequest tags(ImageTag... tags) {
        return new ApsaraImageRequest(REGION, "web-1", null, INSTANCE, null, null, null, null, "rg-1", List.of(tags));
    }

    private static ApsaraImageRequest tagCount(int number) {
        return tags(IntStream.range(0, number)
                .mapToObj(i -> new ImageTag("key" + i, "v"))
                .toArray(ImageTag[]::new));
    }

    private static DiskDeviceMapping disk(String snapshotId, Integer size, String device, String type) {
        return new DiskDeviceMapping(snapshotId, size, device, type);
    }

    private static List<String> errors(ApsaraImageRequest request) {
        return fields(request, Problem.Severity.ERROR);
    }

    private static List<String> warnings(ApsaraImageRequest request) {
        return fields(request, Problem.Severity.WARNING);
    }

    private static List<String> fields(ApsaraImageRequest request, Problem.Severity severity) {
        return request.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::field)
                .toList();
    }

    @Test
    void nameHasTwoTo128Characters() {
        assertEquals(List.of(), errors(name("ab")));
        assertEquals(List.of(), errors(name("镜".repeat(128))));
        assertEquals(List.of("imageName"), errors(name("a")));
        assertEquals(List.of("imageName"), errors(name("a".repeat(129))));
        assertEquals(List.of("imageName"), errors(name(null)));
        assertEquals(List.of("imageName"), errors(name(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web:1_2-3", "镜像1", "Acs", "http-proxy"})
    void nameBeginsWithALetter(String name) {
        assertEquals(List.of(), errors(name(name)));
        assertEquals(List.of(), warnings(name(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1web", "_web", "-web", "http://web", "https://web", "web 1", "web\u3000 1"})
    void nameBeginsWithNothingElseAndHasNoSpace(String name) {
        assertEquals(List.of("imageName"), errors(name(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.1", "https-proxy", "aliyun-1", "acs:1", "größe", "веб"})
    void otherCharactersAreDoubtful(String name) {
        assertEquals(List.of(), errors(name(name)));
        assertEquals(List.of("imageName"), warnings(name(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "feature/login-42, feature-login-42",
        "web(1), web-1",
        "'web 1 ', web-1",
        "2026.1, image-2026.1",
        "-web, web",
        "//, image-",
        "'镜像 1', 镜像-1"
    })
    void whatThePageForbidsIsRefusedAndAValidNameIsOffered(String name, String valid) {
        Problem problem = name(name).problems().get(0);

        assertEquals(Problem.Severity.ERROR, problem.severity());
        assertTrue(problem.message().contains("\"" + valid + "\" would be valid"), problem.message());
        assertEquals(List.of(), errors(name(valid)));
    }

    @Test
    void theDescriptionLeavesRoomForTheMark() {
        assertEquals(List.of(), errors(texts("web", "d".repeat(236))));

        String message = texts("web", "d".repeat(237)).problems().get(0).message();
        assertTrue(message.startsWith("description has 237 characters; the maximum is 236"), message);
        assertTrue(message.contains("20 of the cloud's 256 are reserved for the mark"), message);
    }

    @Test
    void descriptionHasTwoTo236CharactersAndIsNoAddress() {
        assertEquals(List.of(), errors(texts("web", null)));
        assertEquals(List.of(), errors(texts("web", "")));
        assertEquals(List.of(), errors(texts("web", "ok")));
        assertEquals(List.of(), errors(texts("web", "描".repeat(236))));
        assertEquals(List.of(), errors(texts("web", "see http://x")));
        assertEquals(List.of("description"), errors(texts("web", "d")));
        assertEquals(List.of("description"), errors(texts("web", "d".repeat(257))));
        assertEquals(List.of("description"), errors(texts("web", "http://x")));
        assertEquals(List.of("description"), errors(texts("web", "https://x")));
        assertEquals(List.of("description"), errors(texts("web", "two\nlines")));
        assertEquals(List.of("description"), warnings(texts("web", "https is on")));
    }

    @Test
    void thereIsASource() {
        assertEquals(List.of(), errors(sources(INSTANCE, null)));
        assertEquals(List.of(), errors(sources(null, "s-1")));
        assertEquals(List.of(), errors(sources(null, null, disk("s-1", null, null, null))));
        assertEquals(List.of("instanceId"), errors(sources(null, null)));
        assertEquals(List.of("instanceId"), errors(sources(" ", "")));
    }

    @Test
    void ofSeveralSourcesTheFirstCounts() {
        assertEquals(List.of("snapshotId"), warnings(sources(INSTANCE, "s-1")));
        assertEquals(List.of("diskDeviceMapping"), warnings(sources(INSTANCE, null, disk("s-1", null, null, null))));
        assertEquals(List.of("snapshotId"), warnings(sources(null, "s-1", disk("s-2", null, null, null))));
    }

    @Test
    void unusualIdsAreDoubtful() {
        assertEquals(List.of("instanceId"), warnings(sources("ins-1", null)));
        assertEquals(List.of("snapshotId"), warnings(sources(null, "snap-1")));
        assertEquals(List.of("diskDeviceMapping"), warnings(sources(null, null, disk("x", null, null, null))));
        assertEquals(
                List.of("resourceGroupId"),
                warnings(new ApsaraImageRequest(
                        REGION, "web-1", null, INSTANCE, null, null, null, null, "group", null)));
    }

    @ParameterizedTest
    @CsvSource({"5, true", "32768, true", "4, false", "32769, false", "0, false", "-1, false"})
    void anEmptyDiskHas5To32768GiB(int size, boolean fine) {
        List<String> expected = fine ? List.of() : List.of("diskDeviceMapping");

        assertEquals(expected, errors(sources(null, null, disk(null, size, null, "data"))));
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/xvdb, 5, true",
        "/dev/xvdb, 2000, true",
        "/dev/xvdb, 2001, false",
        "/dev/vdb, 20, true",
        "/dev/vdb, 32768, true",
        "/dev/vdb, 19, false",
        "/dev/sda, 20, false",
        "/dev/vd1, 20, false",
        "/dev/vdzz, 20, false",
        "/dev/vdz, 20, true",
        "/dev/xvda, 20, true"
    })
    void theDeviceNameHintsAtTheRange(String device, int size, boolean fine) {
        ApsaraImageRequest request = sources(null, null, disk(null, size, device, null));

        assertEquals(List.of(), errors(request));
        assertEquals(fine ? List.of() : List.of("diskDeviceMapping"), warnings(request));
    }

    @Test
    void aDiskFromASnapshotIsAsLargeAsThatAtLeast() {
        assertEquals(List.of(), errors(sources(null, null, disk("s-1", 1, null, null))));
        assertEquals(List.of("diskDeviceMapping"), errors(sources(null, null, disk("s-1", 0, null, null))));
    }

    @Test
    void thereIsOneSystemDiskAndItHasASnapshot() {
        DiskDeviceMapping system = disk("s-1", null, null, "system");

        assertEquals(List.of(), errors(sources(null, null, system, disk("s-2", null, null, "data"))));
        assertEquals(
                List.of("diskDeviceMapping"), errors(sources(null, null, system, disk("s-2", null, null, "System"))));
        assertEquals(List.of("diskDeviceMapping"), errors(sources(null, null, disk(null, 20, null, "system"))));
        assertEquals(List.of("diskDeviceMapping"), warnings(sources(null, null, disk("s-1", null, null, "boot"))));
    }

    @Test
    void everyDiskHasADeviceOfItsOwn() {
        DiskDeviceMapping first = disk("s-1", null, "/dev/vda", null);

        assertEquals(List.of(), errors(sources(null, null, first, disk("s-2", null, "/dev/vdb", null))));
        assertEquals(
                List.of("diskDeviceMapping"), errors(sources(null, null, first, disk("s-2", null, "/dev/vda", null))));
    }

    @Test
    void moreThan17DisksAreDoubtful() {
        DiskDeviceMapping[] disks =
                Collections.nCopies(18, disk("s-1", null, null, null)).toArray(new DiskDeviceMapping[0]);

        assertEquals(List.of(), warnings(sources(null, null, java.util.Arrays.copyOf(disks, 17))));
        assertEquals(List.of("diskDeviceMapping"), warnings(sources(null, null, disks)));
    }

    @Test
    void platformAndArchitectureDescribeASystemDiskFromADataDisk() {
        DiskDeviceMapping system = disk("s-1", null, null, "system");
        DiskDeviceMapping data = disk("s-1", null, null, null);

        assertEquals(List.of(), errors(system("CentOS", "x86_64", system)));
        assertEquals(List.of(), warnings(system("Others Linux", "i386", system)));
        assertEquals(List.of("platform", "architecture"), errors(system("CentOS", "x86_64")));
        assertEquals(List.of("platform", "architecture"), warnings(system("CentOS", "x86_64", data)));
        assertEquals(List.of("platform", "architecture"), warnings(system("Plan 9", "arm64", system)));
    }

    @Test
    void thereAreAtMost20Tags() {
        assertEquals(List.of(), errors(tagCount(20)));
        assertEquals(List.of("tags"), errors(tagCount(21)));
    }

    @Test
    void tagKeysHave1To128CharactersAndNoReservedWords() {
        assertEquals(List.of(), errors(tags(new ImageTag("k", null))));
        assertEquals(List.of(), errors(tags(new ImageTag("k".repeat(128), "v"))));
        assertEquals(List.of(), errors(tags(new ImageTag("my-aliyun", "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("k".repeat(129), "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("", "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag(null, "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("aliyun-x", "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("acs:x", "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("see-http://x", "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("see-https://x", "v"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("k", "1"), new ImageTag("k", "2"))));
    }

    @Test
    void tagValuesHave0To128CharactersAndNoReservedWords() {
        assertEquals(List.of(), errors(tags(new ImageTag("k", ""))));
        assertEquals(List.of(), errors(tags(new ImageTag("k", "v".repeat(128)))));
        assertEquals(List.of(), errors(tags(new ImageTag("k", "aliyun"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("k", "v".repeat(129)))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("k", "acs:x"))));
        assertEquals(List.of("tags"), errors(tags(new ImageTag("k", "http://x"))));
    }

    @Test
    void survivesTheLedger() throws JsonProcessingException {
        ApsaraImageRequest request = new ApsaraImageRequest(
                REGION,
                "web-1",
                null,
                null,
                null,
                List.of(disk("s-1", 40, null, "system"), disk(null, 20, "/dev/vdb", null)),
                "CentOS",
                null,
                null,
                List.of(new ImageTag("k", null)));
        ObjectMapper json = JsonMapper.builder()
                .registerSubtypes(new NamedType(ApsaraImageRequest.class, ApsaraProvider.ID))
                .build();

        assertEquals(request, json.readValue(json.writeValueAsString(request), ImageRequest.class));
    }

    @Test
    void theRefusalNamesEveryFieldItsValueAndItsRule() {
        CloudException refusal = assertThrows(
                CloudException.class,
                () -> new ApsaraImageRequest(
                                "CN", "1x", "d", null, null, null, null, null, null, List.of(new ImageTag("", "")))
                        .check());

        assertEquals(ErrorKind.INVALID_REQUEST, refusal.error().kind());
        String message = refusal.getMessage();
        assertTrue(message.contains("\"CN\" is not a region code"), message);
        assertTrue(message.contains("imageName \"1x\" does not begin with a letter"), message);
        assertTrue(message.contains("description has 1 characters; the cloud takes 2 to 236"), message);
        assertTrue(
                message.contains(
                        "instanceId is missing: give the source of the image: instanceId, diskDeviceMapping or snapshotId"),
                message);
        assertTrue(message.contains("tags has an empty key"), message);
    }

    private static ApsaraImageRequest tenancy(String organizationId, String resourceSetId) {
        return new ApsaraImageRequest(
                REGION, "web-1", null, INSTANCE, null, null, null, null, null, null, organizationId, resourceSetId);
    }

    @Test
    void theTenancyIsTheInstallationsUnlessGiven() {
        assertEquals(Map.of(), tenancy(null, "").connectionSettings());
        assertEquals(Map.of("resourceSetId", "104"), tenancy(null, "104").connectionSettings());
        assertEquals(
                Map.of("organizationId", "37", "resourceSetId", ""),
                tenancy("37", null).connectionSettings());
        assertEquals(
                Map.of("organizationId", "37", "resourceSetId", "104"),
                tenancy("37", "104").connectionSettings());
    }

    @Test
    void anotherNameKeepsTheTenancy() {
        ApsaraImageRequest request = tenancy("37", "104");

        assertEquals(
                request.connectionSettings(), request.withImageName("web-1-2").connectionSettings());
    }

    @Test
    void tenanciesAreNumbers() {
        assertEquals(List.of(), warnings(tenancy("37", "104")));
        assertEquals(2, warnings(tenancy("mine", "all")).size());
    }
}

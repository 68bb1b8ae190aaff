package io.jenkins.plugins.cloudimage.core.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TencentImageRequestTest {
    private static final String INSTANCE = "ins-6pb6lrmy";

    private static TencentImageRequest request(String imageName, String description) {
        return new TencentImageRequest(
                "ap-guangzhou", imageName, description, INSTANCE, List.of(), false, false, List.of(), false);
    }

    private static TencentImageRequest sources(String instanceId, List<String> snapshots, List<String> disks) {
        return new TencentImageRequest(
                "ap-guangzhou", "web-1", null, instanceId, snapshots, false, false, disks, false);
    }

    private static TencentImageRequest region(String region) {
        return new TencentImageRequest(region, "web-1", null, INSTANCE, List.of(), false, false, List.of(), false);
    }

    private static List<String> errors(TencentImageRequest request) {
        return fields(request, Problem.Severity.ERROR);
    }

    private static List<String> warnings(TencentImageRequest request) {
        return fields(request, Problem.Severity.WARNING);
    }

    private static List<String> fields(TencentImageRequest request, Problem.Severity severity) {
        return request.problems().stream()
                .filter(problem -> problem.severity() == severity)
                .map(Problem::field)
                .toList();
    }

    @Test
    void nameHasOneToSixtyCharactersWhateverTheirBytes() {
        assertEquals(List.of(), errors(request("镜".repeat(60), null)));
        assertEquals(List.of(), errors(request("\uD83D\uDE80".repeat(60), null)));
        assertEquals(List.of("imageName"), errors(request("a".repeat(61), null)));
        assertEquals(List.of("imageName"), errors(request(" ", null)));
        assertEquals(List.of("imageName"), errors(request(null, null)));
        assertEquals(List.of("imageName"), errors(request("two\nlines", null)));
    }

    @Test
    void descriptionLeavesRoomForTheMark() {
        assertEquals(List.of(), errors(request("web-1", "d".repeat(236))));
        assertEquals(List.of("description"), errors(request("web-1", "d".repeat(237))));
        assertEquals(List.of("description"), errors(request("web-1", "two\nlines")));
        assertTrue(message(request("web-1", "d".repeat(237))).contains("the maximum is 236"));
    }

    private static String message(TencentImageRequest request) {
        return request.problems().get(0).message();
    }

    @Test
    void aNameThatTheCloudMayChangeIsRefusedAndTheValidOneOffered() {
        assertEquals(List.of("imageName"), errors(request("web-1 ", null)));
        assertEquals(List.of("imageName"), errors(request("\u3000web-1", null)));
        assertTrue(message(request("web-1 ", null)).endsWith("use \"web-1\""));
    }

    @Test
    void charactersThatNoPageNamesAreDoubtful() {
        assertEquals(List.of(), warnings(request("CentOS 7.6 64\u4f4d (TK4)_1-2", null)));
        assertEquals(List.of(), errors(request("feature/login-42", null)));
        assertEquals(List.of("imageName"), warnings(request("feature/login-42", null)));
        assertTrue(
                message(request("feature/login-42", null)).contains("\"feature-login-42\" contains only common ones"));
    }

    private static TencentImageRequest tagged(ImageTag... tags) {
        return new TencentImageRequest(
                "ap-guangzhou", "web-1", null, INSTANCE, null, false, false, null, false, List.of(tags), "web");
    }

    @Test
    void tagsHaveKeysOfTheirOwn() {
        assertEquals(List.of(), errors(tagged(new ImageTag("team", "web"), new ImageTag("night", null))));
        assertEquals(List.of("tags"), errors(tagged(new ImageTag("team", "a"), new ImageTag("team", "b"))));
        assertEquals(List.of("tags"), errors(tagged(new ImageTag(" ", "a"))));
        assertEquals(List.of("tags"), errors(tagged(new ImageTag(null, "a"))));
        assertEquals(List.of("tags"), warnings(tagged(new ImageTag("qcs:team", "a"))));
        assertEquals(List.of(), warnings(tagged(new ImageTag("k".repeat(127), "v".repeat(127)))));
        assertEquals(List.of("tags"), warnings(tagged(new ImageTag("k".repeat(128), "v"))));
        assertEquals(List.of("tags"), errors(tagged(new ImageTag("k", "v".repeat(256)))));
        ImageTag[] many = new ImageTag[51];
        for (int i = 0; i < many.length; i++) {
            many[i] = new ImageTag("key-" + i, "value");
        }
        assertEquals(List.of("tags"), errors(tagged(many)));
    }

    @Test
    void sourceIsAnInstanceOrSnapshotsNeverBoth() {
        assertEquals(List.of(), errors(sources(INSTANCE, List.of(), List.of())));
        assertEquals(List.of(), errors(sources(null, List.of("snap-1"), List.of())));
        assertEquals(List.of("instanceId"), errors(sources(null, List.of(), List.of())));
        assertEquals(List.of("snapshotIds"), errors(sources(INSTANCE, List.of("snap-1"), List.of())));
    }

    @Test
    void dataDisksBelongToAnInstance() {
        assertEquals(List.of(), errors(sources(INSTANCE, null, List.of("disk-1", "disk-2"))));
        assertEquals(List.of("dataDiskIds"), errors(sources(null, List.of("snap-1"), List.of("disk-1"))));
        assertEquals(List.of("dataDiskIds"), errors(sources(INSTANCE, null, List.of("disk-1", "disk-1"))));
        assertEquals(List.of("dataDiskIds"), errors(sources(INSTANCE, null, List.of(""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ap-guangzhou", "ap-shanghai-fsi", "xx-newregion-7"})
    void anyRegionOfTheRightShapeIsTaken(String region) {
        assertEquals(List.of(), errors(region(region)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AP-Guangzhou", "evil.example/-fsi", "ap guangzhou", "-ap", "ap--x", "ap-x-"})
    void aRegionThatCouldLeadElsewhereIsRefused(String region) {
        assertEquals(List.of("region"), errors(region(region)));
    }

    @Test
    void unusualIdsAreWarningsOnly() {
        assertEquals(List.of("instanceId"), warnings(sources("i-123", List.of(), List.of())));
        assertEquals(List.of("snapshotIds"), warnings(sources(null, List.of("s-1"), List.of())));
        assertEquals(List.of("dataDiskIds"), warnings(sources(INSTANCE, List.of(), List.of("d-1"))));
    }

    @Test
    void switchesWithoutAMachineAreDoubtful() {
        TencentImageRequest request = new TencentImageRequest(
                "ap-guangzhou", "web-1", null, null, List.of("snap-1"), true, true, List.of(), false);

        assertEquals(List.of("forcePoweroff", "sysprep"), warnings(request));
    }

    @Test
    void theRefusalNamesEveryFieldAndItsRule() {
        CloudException refusal = assertThrows(
                CloudException.class,
                () -> new TencentImageRequest(
                                "ap-guangzhou", "x".repeat(61), null, null, null, false, false, null, false)
                        .check());

        assertEquals(ErrorKind.INVALID_REQUEST, refusal.error().kind());
        assertTrue(refusal.getMessage().contains("imageName has 61 characters; the cloud takes 1 to 60"));
        assertTrue(refusal.getMessage().contains("instanceId is missing: give instanceId or snapshotIds"));
    }
}

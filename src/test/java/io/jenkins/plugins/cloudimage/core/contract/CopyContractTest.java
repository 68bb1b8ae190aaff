package io.jenkins.plugins.cloudimage.core.contract;

import static io.jenkins.plugins.cloudimage.core.contract.Connected.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.Problem;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.TestCloud;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudImageRequest;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests what the engine expects of the clients that copy images to another region, and of those that do not. */
class CopyContractTest {

    private final VirtualTime time = new VirtualTime();

    private Connected connect(TestCloud kind) {
        return new Connected(kind, time, time);
    }

    static Stream<TestCloud> copying() {
        return Stream.of(
                TestCloud.JD_CLOUD, TestCloud.TENCENT, TestCloud.QCLOUD, TestCloud.APSARA_STACK, TestCloud.ALIBABA_ECS);
    }

    static Stream<TestCloud> withUniqueNames() {
        return copying().filter(kind -> kind != TestCloud.JD_CLOUD);
    }

    private static String call(TestCloud kind) {
        return switch (kind) {
            case JD_CLOUD -> "copyImages";
            case TENCENT -> "SyncImages";
            case QCLOUD -> "SyncCvmImage";
            default -> "CopyImage";
        };
    }

    private static CopyTarget target(TestCloud kind) {
        return new CopyTarget(kind == TestCloud.QCLOUD ? "ap-shanghai" : "cn-elsewhere");
    }

    /** Makes a copy and finds its id, by its name where the response does not tell it. */
    private static String copy(Connected at, TestCloud kind, String image) throws CloudException {
        String id = at.cloud.copy(request(at, kind, image), "copy-token").imageId();
        return id == null ? there(at, kind).findByName("web-1").get(0).id() : id;
    }

    private static Cloud there(Connected at, TestCloud kind) {
        CloudConnection here =
                new CloudConnection(kind.id, at.server.endpoint(), kind.region, at.account.key(), kind.settings());
        return at.provider.connect(here.in(target(kind).region(), at.server.endpoint()));
    }

    private String ready(Connected at) throws CloudException {
        String image = at.create("web-1");
        time.pass(Duration.ofMinutes(11));
        return image;
    }

    private static CopyRequest request(Connected at, TestCloud kind, String image) {
        return CopyRequest.of(at.request("web-1"), image, target(kind));
    }

    @ParameterizedTest
    @MethodSource("copying")
    void aCopyIsPendingInItsRegionUntilItIsReady(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = ready(at);

            String copy = copy(at, kind, image);

            assertNotEquals(image, copy);
            assertEquals(List.of(), at.cloud.describe(List.of(copy)));
            Cloud there = there(at, kind);
            CloudImage pending = there.describe(List.of(copy)).get(0);
            assertEquals(ImageState.PENDING, pending.state());
            assertEquals(kind == TestCloud.QCLOUD ? null : 50, pending.percent());
            assertEquals("web-1", pending.name());
            time.pass(Duration.ofMinutes(11));
            assertEquals(ImageState.READY, there.describe(List.of(copy)).get(0).state());
            assertEquals(
                    List.of(copy),
                    there.findByName("web-1").stream().map(CloudImage::id).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("copying")
    void anImageThatIsNotReadyIsNotCopiedYet(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = at.create("web-1");

            CloudError busy = error(() -> at.cloud.copy(request(at, kind, image), "copy-token"));

            assertEquals(ErrorKind.BUSY, busy.kind());
            assertEquals(SideEffect.NONE, busy.sideEffect());
        }
    }

    @ParameterizedTest
    @MethodSource("copying")
    void anUnknownImageIsNotCopied(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = Connected.unknown(ready(at));

            CloudError missing = error(() -> at.cloud.copy(request(at, kind, image), "copy-token"));

            assertEquals(ErrorKind.NOT_FOUND, missing.kind());
            assertEquals(SideEffect.NONE, missing.sideEffect());
        }
    }

    @ParameterizedTest
    @MethodSource("withUniqueNames")
    void aTakenNameIsRefusedWithoutEffect(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = ready(at);
            at.cloud.copy(request(at, kind, image), "copy-token");
            time.pass(Duration.ofMinutes(11));

            CloudError taken = error(() -> at.cloud.copy(request(at, kind, image), "another token"));

            assertEquals(ErrorKind.NAME_TAKEN, taken.kind());
            assertEquals(SideEffect.NONE, taken.sideEffect());
            assertEquals(2, at.account.images().all().size());
        }
    }

    @ParameterizedTest
    @MethodSource("copying")
    void aLostAnswerLeavesTheOutcomeOpenAndATokenMakesOneCopy(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = ready(at);
            at.server.faults().next(call(kind), Fault.LOSE_ANSWER);

            CloudError lost = error(() -> at.cloud.copy(request(at, kind, image), "copy-token"));

            assertEquals(SideEffect.POSSIBLE, lost.sideEffect());
            assertTrue(lost.kind().isRetryable(), lost.text());
            if (at.provider.capabilities().idempotencyToken()) {
                at.cloud.copy(request(at, kind, image), "copy-token");
            }
            assertEquals(2, at.account.images().all().size());
        }
    }

    @ParameterizedTest
    @MethodSource("copying")
    void aCopyIsDeletedAsSoonAsTheCloudAllows(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            String image = ready(at);
            String copy = copy(at, kind, image);
            if (kind != TestCloud.TENCENT) {
                // The source of a copy that is being made cannot be deleted.
                assertEquals(ErrorKind.BUSY, error(() -> at.cloud.delete(image)).kind());
            }
            if (kind != TestCloud.APSARA_STACK && kind != TestCloud.ALIBABA_ECS) {
                CloudError busy = error(() -> there(at, kind).delete(copy));
                assertEquals(ErrorKind.BUSY, busy.kind());
                time.pass(Duration.ofMinutes(11));
            }

            there(at, kind).delete(copy);
            assertEquals(
                    ErrorKind.NOT_FOUND,
                    error(() -> there(at, kind).delete(copy)).kind());
            at.cloud.delete(image);
            assertEquals(List.of(), at.account.images().all());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherCloudsSayThatTheyDoNotCopy(TestCloud kind) throws CloudException {
        try (Connected at = connect(kind)) {
            CopySupport support = at.provider.capabilities().copies();
            boolean copies = copying().anyMatch(each -> each.id.equals(kind.id));
            assertEquals(copies, support != null);
            assertEquals(copies, !at.provider.permissions().copy().isEmpty());
            if (!copies) {
                assertThrows(IllegalArgumentException.class, () -> at.cloud.copy(request(at, kind, "img-1"), "token"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("copying")
    void wrongTargetsAreRefusedBeforeAnythingIsSent(TestCloud kind) {
        try (Connected at = connect(kind)) {
            CopySupport support = at.provider.capabilities().copies();
            List<CopyTarget> wrong = List.of(
                    new CopyTarget(null),
                    new CopyTarget("No Region"),
                    new CopyTarget(kind.region),
                    new CopyTarget("cn-a"),
                    new CopyTarget("cn-a"),
                    new CopyTarget("cn-b", null, false, "key-1"),
                    new CopyTarget("cn-c", "x".repeat(200), false, null),
                    new CopyTarget("cn-d", null, true, null));

            String problems = problems(at, at.request("web-1"), wrong, false);

            assertTrue(problems.contains("copyTo has an element without a region"), problems);
            assertTrue(problems.contains("\"No Region\", which is not a region code"), problems);
            assertTrue(problems.contains(kind.region + ", the region of the image itself"), problems);
            assertEquals(kind != TestCloud.QCLOUD, problems.contains("contains cn-a twice"), problems);
            assertTrue(problems.contains("names the key key-1 for cn-b"), problems);
            assertEquals(
                    kind != TestCloud.QCLOUD,
                    problems.contains("name of the copy in cn-c: imageName has 200 characters"),
                    problems);
            assertEquals(!support.encryption(), problems.contains("encrypted copy in cn-d"), problems);
            assertEquals(List.of(), at.server.calls());
        }
    }

    /** One region has two codes, and the call takes the old one. */
    @Test
    void qcloudCopiesOnlyBetweenRegionsWhoseCodeIsKnown() {
        try (Connected at = connect(TestCloud.QCLOUD)) {
            List<CopyTarget> wrong = List.of(
                    new CopyTarget("gz"),
                    new CopyTarget("sh"),
                    new CopyTarget("ap-shanghai"),
                    new CopyTarget("ap-nanjing"),
                    new CopyTarget("usw"),
                    new CopyTarget("na-toronto"),
                    new CopyTarget("bj", "web-1", false, null));

            String problems = problems(at, at.request("web-1"), wrong, true);

            assertTrue(problems.contains("contains gz, the region of the image itself"), problems);
            assertTrue(problems.contains("contains ap-shanghai twice"), problems);
            assertTrue(problems.contains("contains ap-nanjing, to which the cloud does not copy images"), problems);
            assertTrue(problems.contains("contains usw, to which the cloud does not copy images"), problems);
            assertTrue(problems.contains("contains na-toronto, to which"), problems);
            assertTrue(problems.contains("names the copy in bj \"web-1\""), problems);
            assertTrue(problems.contains("copyTo and shareWith exclude each other on this cloud"), problems);
            assertEquals(7, problems.lines().count(), problems);
            assertEquals(
                    "",
                    problems(
                            at,
                            at.request("web-1"),
                            List.of(new CopyTarget("ap-shanghai"), new CopyTarget("bj"), new CopyTarget("kr")),
                            false));
            ImageRequest american = new QcloudImageRequest("na-siliconvalley", "web-1", null, FakeQcloud.STOPPED);
            String from = problems(at, american, List.of(new CopyTarget("ap-shanghai")), false);
            assertTrue(from.contains("does not copy images from na-siliconvalley"), from);
        }
    }

    private static String problems(Connected at, ImageRequest request, List<CopyTarget> targets, boolean shared) {
        CopySupport support = at.provider.capabilities().copies();
        return support.check(new Rules(), request, targets, shared).problems().stream()
                .map(Problem::message)
                .collect(Collectors.joining("\n"));
    }
}

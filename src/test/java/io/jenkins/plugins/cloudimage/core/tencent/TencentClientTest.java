package io.jenkins.plugins.cloudimage.core.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call against the fake cloud, which checks the signature with its own code. */
class TencentClientTest {
    private static final String INSTANCE = "ins-6pb6lrmy";
    private static final AccessKey KEY = new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null);

    private final VirtualTime time = new VirtualTime();
    private final FakeTencentCloud fake = new FakeTencentCloud(time);
    private final FakeServer server = new FakeServer(fake);
    private final Cloud cloud = cloud(KEY, time);

    private Cloud cloud(AccessKey key, Clock clock) {
        return new TencentProvider(TestTransport.direct(), clock)
                .connect(new CloudConnection(TencentProvider.ID, server.endpoint(), "ap-guangzhou", key));
    }

    private static TencentImageRequest request(String name, boolean dryRun) {
        return new TencentImageRequest(
                "ap-guangzhou", name, null, INSTANCE, List.of(), false, false, List.of(), dryRun);
    }

    private static CloudError error(ThrowingCall call) {
        return assertThrows(CloudException.class, call::run).error();
    }

    private interface ThrowingCall {
        void run() throws CloudException;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void makesAnImageAndSeesItThroughItsStates() throws CloudException {
        CreateAnswer answer = cloud.create(request("web-1", false), "token");

        CloudImage creating = cloud.describe(List.of(answer.imageId())).get(0);
        assertEquals("CREATING", creating.cloudState());
        assertEquals(ImageState.PENDING, creating.state());
        assertEquals("web-1", creating.name());
        assertEquals(time.instant(), creating.created());
        assertFalse(answer.requestId().isEmpty());

        time.pass(Duration.ofMinutes(10));
        assertEquals(
                ImageState.READY,
                cloud.describe(List.of(answer.imageId())).get(0).state());
    }

    @Test
    void aFailedImageIsSeenAsFailed() throws CloudException {
        fake.images().fail(true);
        String id = cloud.create(request("web-1", false), "token").imageId();
        time.pass(Duration.ofMinutes(10));

        CloudImage failed = cloud.describe(List.of(id)).get(0);

        assertEquals(ImageState.FAILED, failed.state());
        assertEquals("CREATEFAILED", failed.cloudState());
    }

    @Test
    void sendsEveryParameterOfThePage() throws CloudException {
        cloud.create(
                new TencentImageRequest(
                        "ap-guangzhou", "镜像-1", "夜间", INSTANCE, null, true, true, List.of("disk-1", "disk-2"), false),
                "token");
        cloud.create(
                new TencentImageRequest(
                        "ap-guangzhou", "from-snapshots", null, null, List.of("snap-1"), false, false, null, false),
                "token");

        assertEquals(
                "{\"ImageName\":\"镜像-1\",\"InstanceId\":\"ins-6pb6lrmy\",\"ImageDescription\":\"夜间\","
                        + "\"ForcePoweroff\":\"true\",\"Sysprep\":\"true\",\"DataDiskIds\":[\"disk-1\",\"disk-2\"]}",
                fake.creates().get(0).toString());
        assertEquals(
                "{\"ImageName\":\"from-snapshots\",\"SnapshotIds\":[\"snap-1\"]}",
                fake.creates().get(1).toString());
    }

    @Test
    void sendsTagsAndFamily() throws CloudException {
        cloud.create(
                new TencentImageRequest(
                        "ap-guangzhou",
                        "web-1",
                        null,
                        INSTANCE,
                        null,
                        false,
                        false,
                        null,
                        false,
                        List.of(new TencentTag("team", "web"), new TencentTag("nightly", null)),
                        "web"),
                "token");

        assertEquals(
                "{\"ImageName\":\"web-1\",\"InstanceId\":\"ins-6pb6lrmy\",\"TagSpecification\":[{\"ResourceType\":"
                        + "\"image\",\"Tags\":[{\"Key\":\"team\",\"Value\":\"web\"},"
                        + "{\"Key\":\"nightly\",\"Value\":\"\"}]}],\"ImageFamily\":\"web\"}",
                fake.creates().get(0).toString());
    }

    @Test
    void whatIsStoppedOrRunsAlreadyIsRefused() throws CloudException {
        assertEquals(
                "UnsupportedOperation.InstanceStateRunning",
                error(() -> cloud.start(INSTANCE)).code());
        cloud.stop(INSTANCE);
        assertEquals(ErrorKind.BUSY, error(() -> cloud.start(INSTANCE)).kind());
        time.pass(Duration.ofMinutes(1));
        assertEquals(
                "UnsupportedOperation.InstanceStateStopped",
                error(() -> cloud.stop(INSTANCE)).code());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.stop("ins-none")).kind());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.start("ins-none")).kind());
        assertEquals(
                ErrorKind.NOT_FOUND, error(() -> cloud.powerState("ins-none")).kind());
    }

    @Test
    void anExpiredTokenIsAnAuthenticationError() throws CloudException {
        fake.requireToken("session-token");
        fake.expireToken(time.instant().plus(Duration.ofHours(1)));
        Cloud temporary = cloud(new AccessKey(KEY.id(), KEY.secret(), "session-token"), time);
        temporary.probe();
        time.pass(Duration.ofHours(2));

        assertEquals(ErrorKind.AUTHENTICATION, error(temporary::probe).kind());
    }

    @Test
    void aDryRunThatPassesIsASuccessWithoutAnImage() throws CloudException {
        CreateAnswer answer = cloud.create(request("web-1", true), "token");

        assertTrue(answer.dryRun());
        assertNull(answer.imageId());
        assertEquals(List.of(), fake.images().all());
    }

    @Test
    void anIdOfNullIsNoFailure() throws CloudException {
        fake.nameNoId();

        assertNull(cloud.create(request("web-1", false), "token").imageId());
        assertEquals(
                fake.images().all().get(0).id(),
                cloud.findByName("web-1").get(0).id());
    }

    @Test
    void findsANameToTheLetterOnAnyPage() throws CloudException {
        for (int i = 0; i < 120; i++) {
            cloud.create(request("web-1-" + i, false), "token");
            time.pass(Duration.ofMillis(100));
        }
        String id = cloud.create(request("web-1", false), "token").imageId();

        assertEquals(
                List.of(id),
                cloud.findByName("web-1").stream().map(CloudImage::id).toList());
    }

    @Test
    void describesAHundredImagesInOneCall() throws CloudException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(cloud.create(request("web-" + i, false), "token").imageId());
            time.pass(Duration.ofMillis(100));
        }

        assertEquals(100, cloud.describe(ids).size());
        assertEquals(1, server.count("DescribeImages"));
    }

    @Test
    void leavesOutUnknownIds() throws CloudException {
        assertEquals(List.of(), cloud.describe(List.of("img-unknown")));
    }

    @Test
    void deletesAnImageOnceItIsMade() throws CloudException {
        String id = cloud.create(request("web-1", false), "token").imageId();
        assertEquals(ErrorKind.BUSY, error(() -> cloud.delete(id)).kind());
        time.pass(Duration.ofMinutes(10));

        cloud.delete(id);

        assertEquals(List.of(), fake.images().all());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.delete(id)).kind());
    }

    @Test
    void stopsAndStartsAMachine() throws CloudException {
        assertEquals(PowerState.RUNNING, cloud.powerState(INSTANCE));
        cloud.stop(INSTANCE);
        assertEquals(PowerState.CHANGING, cloud.powerState(INSTANCE));
        assertEquals(
                ErrorKind.BUSY,
                error(() -> cloud.create(request("web-1", false), "token")).kind());
        time.pass(Duration.ofMinutes(1));
        assertEquals(PowerState.STOPPED, cloud.powerState(INSTANCE));
        cloud.start(INSTANCE);
        time.pass(Duration.ofMinutes(1));
        assertEquals(PowerState.RUNNING, cloud.powerState(INSTANCE));
        assertEquals(
                ErrorKind.NOT_FOUND, error(() -> cloud.powerState("ins-none")).kind());
    }

    @Test
    void tellsTheQuota() throws CloudException {
        fake.allowImages(1);
        cloud.create(request("web-1", false), "token");

        assertEquals(Optional.of(new Quota(1, 1)), cloud.quota());
        assertEquals(
                ErrorKind.QUOTA,
                error(() -> cloud.create(request("web-2", false), "token")).kind());
    }

    @Test
    void probesWithoutDoingAnything() throws CloudException {
        assertEquals("cvm:DescribeImages", cloud.probe());
        assertEquals(List.of("DescribeImages"), server.calls());
    }

    @Test
    void refusalsHaveTheirKind() throws CloudException {
        cloud.create(request("web-1", false), "token");

        CloudError taken = error(() -> cloud.create(request("web-1", false), "token"));
        assertEquals(ErrorKind.NAME_TAKEN, taken.kind());
        assertEquals(Acted.NO, taken.acted());
        assertEquals("InvalidImageName.Duplicate", taken.code());
        assertFalse(taken.requestId().isEmpty());
        assertEquals(
                ErrorKind.NOT_FOUND,
                error(() -> cloud.create(
                                new TencentImageRequest(
                                        "ap-guangzhou", "x", null, "ins-none", null, false, false, null, false),
                                "token"))
                        .kind());
    }

    @Test
    void aWrongKeyIsAnAuthenticationErrorThatShowsNoSignature() {
        CloudError wrongSecret =
                error(() -> cloud(new AccessKey(KEY.id(), "wrong", null), time).probe());
        CloudError wrongId = error(
                () -> cloud(new AccessKey("AKIDnobody", "wrong", null), time).probe());

        assertEquals(ErrorKind.AUTHENTICATION, wrongSecret.kind());
        assertEquals(ErrorKind.AUTHENTICATION, wrongId.kind());
        assertFalse(wrongSecret.text().matches("(?s).*[0-9a-f]{64}.*"), wrongSecret.text());
        assertFalse(wrongSecret.text().contains(KEY.id()), wrongSecret.text());
    }

    @Test
    void sendsTheTokenOfTemporaryKeys() throws CloudException {
        fake.requireToken("session-token");

        assertEquals(ErrorKind.AUTHENTICATION, error(cloud::probe).kind());
        assertEquals(
                "cvm:DescribeImages",
                cloud(new AccessKey(KEY.id(), KEY.secret(), "session-token"), time)
                        .probe());
    }

    @Test
    void aWrongClockIsCorrectedOnceByTheServersDate() throws CloudException {
        // The fake's clock and its Date header are the system's; ours is an hour late.
        FakeTencentCloud punctual = new FakeTencentCloud(Clock.systemUTC());
        try (FakeServer onTime = new FakeServer(punctual)) {
            Cloud late = new TencentProvider(
                            TestTransport.direct(), Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)))
                    .connect(new CloudConnection(TencentProvider.ID, onTime.endpoint(), "ap-guangzhou", KEY));

            late.probe();
            late.probe();

            assertEquals(3, onTime.calls().size());
        }
    }

    @Test
    void aClockThatNothingCorrectsIsTold() {
        // The fake lives in 2026-01-02, its Date header does not.
        assertEquals(
                ErrorKind.CLOCK_SKEW,
                error(() -> cloud(KEY, Clock.offset(time, Duration.ofHours(1))).probe())
                        .kind());
    }

    @Test
    void tooManyCallsAreThrottledAndNothingIsDone() throws CloudException {
        for (int i = 0; i < 10; i++) {
            cloud.create(request("web-" + i, false), "token");
        }

        CloudError error = error(() -> cloud.create(request("web-10", false), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(Acted.NO, error.acted());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOSE_ANSWER", "GATEWAY_AFTER", "BROKEN_JSON", "ENDLESS"})
    void aLostAnswerLeavesTheOutcomeOpenAndTheCreateIsSentOnce(Fault fault) {
        server.faults().next("CreateImage", fault);

        CloudError error = error(() -> cloud.create(request("web-1", false), "token"));

        assertEquals(Acted.MAYBE, error.acted(), error.text());
        assertTrue(error.kind().passes(), error.text());
        assertEquals(1, fake.images().all().size());
        assertEquals(1, server.count("CreateImage"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "UNAVAILABLE_BEFORE"})
    void aCreateIsNotSentAgainBehindOurBack(Fault fault) {
        server.faults().next("CreateImage", fault);

        CloudError error = error(() -> cloud.create(request("web-1", false), "token"));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(Acted.MAYBE, error.acted());
        assertEquals(1, server.count("CreateImage"));
    }

    @Test
    void whatWasNeverSentWasNeverDone() {
        server.close();

        CloudError error = error(() -> cloud.create(request("web-1", false), "token"));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(Acted.NO, error.acted());
    }
}

package io.jenkins.plugins.cloudimage.core.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call against the fake cloud, which checks the signature with its own code. */
class TencentClientTest {
    private static final String INSTANCE = "ins-6pb6lrmy";
    private static final AccessKey KEY = new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null);

    private final VirtualTime time = new VirtualTime();
    private final FakeTencentCloud fake = new FakeTencentCloud(time);
    private final FakeServer server = new FakeServer(fake);
    private final Cloud cloud = cloud(KEY);

    private Cloud cloud(AccessKey key) {
        return new TencentProvider(TestTransport.direct(), time)
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
                        List.of(new ImageTag("team", "web"), new ImageTag("nightly", null)),
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
        Cloud temporary = cloud(new AccessKey(KEY.id(), KEY.secret(), "session-token"));
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
    void tellsTheQuota() throws CloudException {
        fake.allowImages(1);
        cloud.create(request("web-1", false), "token");

        assertEquals(Optional.of(new Quota(1, 1)), cloud.quota());
        assertEquals(
                ErrorKind.QUOTA,
                error(() -> cloud.create(request("web-2", false), "token")).kind());
    }

    @Test
    void tooManyCallsAreThrottledAndNothingIsDone() throws CloudException {
        for (int i = 0; i < 10; i++) {
            cloud.create(request("web-" + i, false), "token");
        }

        CloudError error = error(() -> cloud.create(request("web-10", false), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
    }
}

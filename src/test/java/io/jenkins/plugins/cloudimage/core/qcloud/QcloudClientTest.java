package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Authenticator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call against the fake cloud, which checks the signature with its own code. */
class QcloudClientTest {
    private static final AccessKey KEY = new AccessKey(FakeQcloud.SECRET_ID, FakeQcloud.SECRET_KEY, null);

    private final VirtualTime time = new VirtualTime();
    private final FakeQcloud fake = new FakeQcloud(time);
    private final FakeServer server = new FakeServer(fake);
    private final Cloud cloud = cloud(KEY);

    private Cloud cloud(AccessKey key) {
        return new QcloudProvider(TestTransport.direct(), time)
                .connect(new CloudConnection(QcloudProvider.ID, server.endpoint(), "ap-guangzhou", key));
    }

    private static QcloudImageRequest request(String name) {
        return of(name, FakeQcloud.STOPPED);
    }

    private static QcloudImageRequest of(String name, String instanceId) {
        return new QcloudImageRequest("ap-guangzhou", name, null, instanceId);
    }

    /** Makes an image and finds its id by its name. */
    private String create(String name) throws CloudException {
        cloud.create(request(name), "token");
        return cloud.findByName(name).get(0).id();
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
    void makesAnImageWhoseIdItsNameTellsAndSeesItThroughItsStates() throws CloudException {
        CreateAnswer answer = cloud.create(request("web-1").withDescription("nightly-web-tier"), "token");

        assertNull(answer.imageId());
        assertFalse(answer.dryRun());
        assertEquals("24534341", answer.requestId());
        CloudImage creating = cloud.findByName("web-1").get(0);
        assertEquals(fake.images().all().get(0).id(), creating.id());
        assertEquals("1 (creating)", creating.cloudState());
        assertEquals(ImageState.PENDING, creating.state());
        assertEquals(time.instant().plus(Duration.ofHours(8)), creating.created());

        time.pass(Duration.ofMinutes(10));
        assertEquals(
                List.of(new CloudImage(
                        creating.id(), "web-1", ImageState.READY, "2 (normal)", null, null, null, "nightly-web-tier")),
                cloud.describe(List.of(creating.id())));
    }

    @Test
    void takesTheTaskNumberAsTheSampleShowsIt() throws CloudException {
        fake.answerLikeTheSample();

        assertEquals("24534341s", cloud.create(request("web-1"), "token").requestId());
    }

    @Test
    void sendsEveryParameterOfThePage() throws CloudException {
        fake.images().take(Duration.ZERO);
        cloud.create(new QcloudImageRequest("gz", "web-1", "夜间 a+b&c=d%", FakeQcloud.STOPPED), "token");
        cloud.create(request("web-2"), "token");

        Map<String, String> first = fake.creates().get(0);
        assertEquals("web-1", first.get("imageName"));
        assertEquals("夜间 a+b&c=d%", first.get("imageDescription"));
        assertEquals(FakeQcloud.STOPPED, first.get("instanceId"));
        assertFalse(fake.creates().get(1).containsKey("imageDescription"));
        assertNotEquals(first.get("Nonce"), fake.creates().get(1).get("Nonce"));
    }

    @Test
    void describesTenImagesInOneCall() throws CloudException {
        fake.images().take(Duration.ZERO);
        for (int i = 0; i < 10; i++) {
            cloud.create(request("web-" + i), "token");
        }
        List<String> ids = new ArrayList<>();
        fake.images().all().forEach(image -> ids.add(image.id()));

        assertEquals(10, cloud.describe(ids).size());
        assertEquals(1, server.count("DescribeImages"));
        ids.add("img-unknown");
        assertEquals(ErrorKind.INVALID_REQUEST, error(() -> cloud.describe(ids)).kind());
    }

    @Test
    void aRunningInstanceIsRefusedWithTheWayOut() {
        CloudError running = error(() -> cloud.create(of("web-1", FakeQcloud.RUNNING), "token"));

        assertEquals(ErrorKind.BUSY, running.kind());
        assertTrue(running.advice().contains("must be stopped"), running.advice());
    }

    @Test
    void aMachineWhoseImageIsMadeCanBeStartedLater() throws CloudException {
        cloud.create(request("web-1"), "token");

        assertEquals(PowerState.CHANGING, cloud.powerState(FakeQcloud.STOPPED));
        // The whole says 5100 alone; the reason is in the instance's part of the answer.
        CloudError error = error(() -> cloud.start(FakeQcloud.STOPPED));
        assertEquals(ErrorKind.BUSY, error.kind());
        assertEquals("5100 OperationConstraints.InvaildInstanceStatus", error.code());
        assertFalse(error.requestId().isEmpty());

        time.pass(Duration.ofMinutes(10));
        assertEquals(PowerState.STOPPED, cloud.powerState(FakeQcloud.STOPPED));
        cloud.start(FakeQcloud.STOPPED);
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.stop("ins-none")).kind());
    }

    @Test
    void theCloudTellsNoQuota() throws CloudException {
        fake.allowImages(1);
        fake.images().take(Duration.ZERO);
        cloud.create(request("web-1"), "token");

        assertEquals(Optional.empty(), cloud.quota());
        CloudError error = error(() -> cloud.create(request("web-2"), "token"));
        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertTrue(error.advice().contains("at most 10 images"), error.advice());
    }

    @Test
    void anImageInUseIsBusy() throws CloudException {
        fake.images().take(Duration.ZERO);
        String id = create("web-1");
        fake.use(id);

        assertEquals("3 (in use)", cloud.describe(List.of(id)).get(0).cloudState());
        CloudError error = error(() -> cloud.delete(id));
        assertEquals(ErrorKind.BUSY, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
    }

    @Test
    void aRefusalThatCannotBeExplainedStaysWhatItIs() throws CloudException {
        fake.images().take(Duration.ZERO);
        fake.allowImages(0);
        server.faults().next("DescribeImages", Fault.THROTTLED);

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertEquals("5100", error.code());
    }

    @Test
    void aWrongKeyIsAnAuthenticationErrorThatShowsNoSignature() {
        CloudError wrongToken =
                error(() -> cloud(new AccessKey(KEY.id(), "wrong", "the-token")).probe());
        fake.requireToken("the-token");
        CloudError wrongSignature =
                error(() -> cloud(new AccessKey(KEY.id(), "wrong", "the-token")).probe());
        CloudError wrongId =
                error(() -> cloud(new AccessKey("AKIDnobody", "wrong", null)).probe());

        assertEquals("4105 InvalidRequest.TokenCheckFailed", wrongToken.code());
        assertEquals("4100 InvalidParameter.SignatureFailure", wrongSignature.code());
        assertEquals("4104 InvalidParameter.SecretIdNotFound", wrongId.code());
        for (CloudError error : List.of(wrongToken, wrongSignature, wrongId)) {
            assertEquals(ErrorKind.AUTHENTICATION, error.kind());
            assertTrue(error.text().contains("Signature=****"), error.text());
            assertFalse(error.text().contains(KEY.id()), error.text());
            assertFalse(error.text().contains("the-token"), error.text());
        }
    }

    /** The public endpoint is that of images; instances have a host of their own, which the fake insists on. */
    @Test
    void thePublicEndpointHasTwoHosts() throws CloudException {
        URI proxy = server.endpoint();
        HttpTransport throughProxy = new HttpTransport(
                ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())),
                Authenticator.NONE,
                "cloud-image-test");
        Cloud publicCloud = new QcloudProvider(throughProxy, time)
                .connect(new CloudConnection(QcloudProvider.ID, URI.create("http://image.api.qcloud.com"), "gz", KEY));
        Cloud wrongHost = new QcloudProvider(throughProxy, time)
                .connect(new CloudConnection(QcloudProvider.ID, URI.create("http://cvm.api.qcloud.com"), "gz", KEY));

        publicCloud.probe();
        assertEquals(PowerState.STOPPED, publicCloud.powerState(FakeQcloud.STOPPED));
        CloudError error = error(wrongHost::probe);
        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertTrue(error.advice().contains("image.api.qcloud.com"), error.advice());
    }

    @Test
    void aNonceThatRepeatsIsReplaced() throws CloudException {
        int[] nonces = {7, 7, 8};
        int[] used = {0};
        FakeQcloud punctual = new FakeQcloud(Clock.systemUTC());
        try (FakeServer onTime = new FakeServer(punctual)) {
            Clock still =
                    Clock.fixed(Clock.systemUTC().instant(), Clock.systemUTC().getZone());
            Cloud repeating = new QcloudProvider(TestTransport.direct(), still, () -> nonces[used[0]++])
                    .connect(new CloudConnection(QcloudProvider.ID, onTime.endpoint(), "ap-guangzhou", KEY));

            repeating.probe();
            repeating.probe();

            assertEquals(3, onTime.calls().size());
        }
    }

    @Test
    void tooManyCallsInAMinuteAreThrottledAndNothingIsDone() throws CloudException {
        fake.allowImages(200);
        fake.images().take(Duration.ZERO);
        for (int i = 0; i < 100; i++) {
            cloud.create(request("web-" + i), "token");
        }

        CloudError error = error(() -> cloud.create(request("web-100"), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals(100, fake.images().all().size());
    }

    private static CopyRequest copy(String image, String region) {
        return CopyRequest.of(request("web-1"), image, new CopyTarget(region));
    }

    private Cloud in(String region) {
        return new QcloudProvider(TestTransport.direct(), time)
                .connect(new CloudConnection(QcloudProvider.ID, server.endpoint(), region, KEY));
    }

    @Test
    void copiesWithTheOldCodesOfBothRegions() throws CloudException {
        String image = create("web-1");
        time.pass(Duration.ofMinutes(10));

        assertNull(cloud.copy(copy(image, "ap-shanghai"), "token").imageId());

        Map<String, String> call = fake.copies().calls().get(0);
        assertEquals("ap-guangzhou", call.get("Region"));
        assertEquals("gz", call.get("srcRegion"));
        assertEquals("sh", call.get("dstRegion.0"));
        assertEquals(image, call.get("imgIdList.0"));
        assertEquals("5 (copying)", cloud.describe(List.of(image)).get(0).cloudState());
        assertEquals("4 (synchronizing)", in("sh").findByName("web-1").get(0).cloudState());
        assertEquals(in("sh").findByName("web-1"), in("ap-shanghai").findByName("web-1"), "both codes mean one region");
        assertEquals(1, cloud.findByName("web-1").size());
    }

    @Test
    void anImageThatIsBeingCopiedIsBusyAndOneThatIsGoneIsNotFound() throws CloudException {
        String image = create("web-1");
        time.pass(Duration.ofMinutes(10));
        cloud.copy(copy(image, "ap-shanghai"), "token");

        assertEquals(
                ErrorKind.BUSY,
                error(() -> cloud.copy(copy(image, "bj"), "token")).kind());
        assertEquals(ErrorKind.BUSY, error(() -> cloud.delete(image)).kind());
        assertEquals(
                ErrorKind.NOT_FOUND,
                error(() -> cloud.copy(copy("img-unknown", "bj"), "token")).kind());
        time.pass(Duration.ofMinutes(10));
        cloud.copy(copy(image, "bj"), "token");
        assertEquals(3, fake.images().all().size());
    }

    /** The pages promise no message, so the image tells the cause of a refusal without one. */
    @Test
    void aRefusalWithoutReasonIsExplainedByTheImage() throws CloudException {
        String image = create("web-1");
        time.pass(Duration.ofMinutes(10));
        fake.refuseWithoutReason();
        cloud.copy(copy(image, "ap-shanghai"), "token");

        CloudError busy = error(() -> cloud.copy(copy(image, "bj"), "token"));
        assertEquals(ErrorKind.BUSY, busy.kind());
        assertEquals(SideEffect.NONE, busy.sideEffect());
        time.pass(Duration.ofMinutes(10));
        CloudError taken = error(() -> cloud.copy(copy(image, "ap-shanghai"), "token"));
        assertEquals(ErrorKind.INVALID_REQUEST, taken.kind());
        assertEquals(SideEffect.NONE, taken.sideEffect());
    }

    @Test
    void theTargetRegionHasRoomForTenImages() throws CloudException {
        fake.images().take(Duration.ZERO);
        fake.allowImages(1);
        String image = create("web-1");
        cloud.copy(copy(image, "ap-shanghai"), "token");
        fake.copies().allowNamesakes();

        CloudError full = error(() -> cloud.copy(copy(image, "ap-shanghai"), "token"));

        assertEquals(SideEffect.NONE, full.sideEffect());
        assertTrue(full.message().contains("too many images"), full.message());
    }

    @Test
    void noImageIsCopiedToRegionsWithoutAKnownCode() {
        for (String region : List.of("ap-nanjing", "usw", "na-toronto")) {
            assertThrows(IllegalArgumentException.class, () -> cloud.copy(copy("img-1", region), "token"), region);
        }
        assertEquals(List.of(), server.calls());
    }
}

package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEns;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call against the fake cloud, which checks the signature with its own code. */
class EnsClientTest {
    private static final String INSTANCE = FakeAlibabaEns.INSTANCE;
    private static final AccessKey KEY = new AccessKey(FakeAlibabaEns.KEY_ID, FakeAlibabaEns.SECRET, null);

    private final VirtualTime time = new VirtualTime();
    private final FakeAlibabaEns fake = new FakeAlibabaEns(time);
    private final FakeServer server = new FakeServer(fake);
    private final Cloud cloud = cloud(KEY, time);

    private Cloud cloud(AccessKey key, Clock clock) {
        return cloud(server.endpoint(), key, clock);
    }

    private static Cloud cloud(URI endpoint, AccessKey key, Clock clock) {
        return new EnsProvider(TestTransport.direct(), clock)
                .connect(new CloudConnection(EnsProvider.ID, endpoint, EnsProvider.REGION, key));
    }

    private static EnsImageRequest request(String name) {
        return new EnsImageRequest(name, INSTANCE, null, false, false, null);
    }

    private static CloudError error(ThrowingCall call) {
        return assertThrows(CloudException.class, call::run).error();
    }

    private interface ThrowingCall {
        void run() throws CloudException;
    }

    private List<String> createMany(int number) throws CloudException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            ids.add(cloud.create(request("web-1-" + i), "token").imageId());
            time.pass(Duration.ofMillis(20));
        }
        return ids;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void makesAnImageAndSeesItThroughItsStates() throws CloudException {
        CreateAnswer answer = cloud.create(request("web-1"), "token");
        List<String> states = new ArrayList<>();
        CloudImage image = cloud.describe(List.of(answer.imageId())).get(0);
        while (image.state() == ImageState.PENDING) {
            states.add(image.cloudState());
            time.pass(Duration.ofMinutes(2));
            image = cloud.describe(List.of(answer.imageId())).get(0);
        }

        assertEquals(List.of("Creating", "Creating", "Packing", "Packing", "Uploading"), states);
        assertEquals(ImageState.READY, image.state());
        assertEquals("web-1", image.name());
        assertEquals(INSTANCE, image.sourceId());
        assertEquals(time.instant().minus(Duration.ofMinutes(10)), image.created());
        assertFalse(answer.requestId().isEmpty());
    }

    @Test
    void aFailedImageIsSeenAsFailed() throws CloudException {
        fake.images().fail(true);
        String id = cloud.create(request("web-1"), "token").imageId();
        time.pass(Duration.ofMinutes(10));

        CloudImage failed = cloud.describe(List.of(id)).get(0);

        assertEquals(ImageState.FAILED, failed.state());
        assertEquals("Upload_failed", failed.cloudState());
    }

    @Test
    void sendsEveryParameterOfThePage() throws CloudException {
        cloud.create(
                new EnsImageRequest("镜像-1", FakeAlibabaEns.BUILD_MACHINE, null, true, true, "cn-beijing"), "token");
        cloud.create(new EnsImageRequest("from-snapshot", null, "s-1", false, false, null), "token");

        assertEquals(
                Map.of(
                        "ImageName", "镜像-1",
                        "InstanceId", FakeAlibabaEns.BUILD_MACHINE,
                        "WithDataDisks", "true",
                        "DeleteAfterImageUpload", "true",
                        "TargetOSSRegionId", "cn-beijing"),
                fake.creates().get(0));
        assertEquals(
                Map.of("ImageName", "from-snapshot", "SnapshotId", "s-1"),
                fake.creates().get(1));
    }

    @Test
    void theMachineGoesWhenThatWasAskedFor() throws CloudException {
        cloud.create(new EnsImageRequest("web-1", FakeAlibabaEns.BUILD_MACHINE, null, false, true, null), "token");
        time.pass(Duration.ofMinutes(10));

        assertEquals(
                ErrorKind.NOT_FOUND,
                error(() -> cloud.powerState(FakeAlibabaEns.BUILD_MACHINE)).kind());
        assertEquals(
                "InvalidParameter.DeleteAfterImageUpload",
                error(() -> cloud.create(new EnsImageRequest("web-2", INSTANCE, null, false, true, null), "token"))
                        .code());
    }

    @Test
    void findsANameToTheLetterOnAnyPage() throws CloudException {
        createMany(110);
        String first = cloud.create(request("web-1"), "token").imageId();
        String second = cloud.create(request("web-1"), "token").imageId();

        assertEquals(
                List.of(first, second),
                cloud.findByName("web-1").stream().map(CloudImage::id).toList());
        assertEquals(3, server.count("DescribeSelfImages"));
    }

    @Test
    void describesManyImagesPageByPageAndStopsWhenAllAreFound() throws CloudException {
        List<String> ids = createMany(120);

        assertEquals(100, cloud.describe(ids.subList(0, 100)).size());
        assertEquals(2, server.count("DescribeSelfImages"));
        assertEquals(
                ids.subList(118, 120),
                cloud.describe(ids.subList(118, 120)).stream()
                        .map(CloudImage::id)
                        .toList());
        assertEquals(5, server.count("DescribeSelfImages"));
    }

    @Test
    void matchesAnIdToTheLetter() throws CloudException {
        String id = cloud.create(request("web-1"), "token").imageId();

        assertEquals(List.of(), cloud.describe(List.of(id.substring(0, 5))));
        assertEquals(List.of(), cloud.describe(List.of("m-unknown")));
        assertEquals(1, cloud.describe(List.of(id, "m-unknown")).size());
    }

    @Test
    void deletesAnImage() throws CloudException {
        String id = cloud.create(request("web-1"), "token").imageId();
        CloudError creating = error(() -> cloud.delete(id));
        assertEquals(ErrorKind.BUSY, creating.kind());
        assertEquals("IncorrectStatus.Image", creating.code());
        time.pass(Duration.ofMinutes(10));

        cloud.delete(id);

        assertEquals(List.of(), fake.images().all());
        CloudError gone = error(() -> cloud.delete(id));
        assertEquals(ErrorKind.NOT_FOUND, gone.kind());
        assertEquals("Error.DeleteImage", gone.code());
        assertFalse(gone.requestId().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "The image is not exist., NOT_FOUND, 1",
        "The image cannot be deleted when used by instance., INVALID_REQUEST, 1",
        "Failed., NOT_FOUND, 2"
    })
    void oneCodeMeansThatAnImageIsUsedOrThatItIsGone(String message, ErrorKind kind, int calls) {
        AtomicInteger made = new AtomicInteger();
        Cloud answering = new EnsProvider(
                        CannedTransport.answering(request -> {
                            made.incrementAndGet();
                            boolean delete = "DeleteImage".equals(request.header("x-acs-action"));
                            return delete
                                    ? Answer.json(
                                            400, "{\"Code\":\"Error.DeleteImage\",\"Message\":\"" + message + "\"}")
                                    : Answer.json(200, "{\"Code\":0,\"TotalCount\":\"0\",\"Images\":{\"Image\":[]}}");
                        }),
                        time)
                .connect(
                        new CloudConnection(EnsProvider.ID, URI.create("http://127.0.0.1:1"), EnsProvider.REGION, KEY));

        assertEquals(kind, error(() -> answering.delete("m-1")).kind());
        assertEquals(calls, made.get());
    }

    @Test
    void whatIsDoneAlreadyIsRefused() throws CloudException {
        assertEquals(
                "IncorrectInstanceStatus", error(() -> cloud.start(INSTANCE)).code());
        cloud.stop(INSTANCE);
        time.pass(Duration.ofMinutes(1));
        assertEquals(
                "IncorrectInstanceStatus", error(() -> cloud.stop(INSTANCE)).code());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.stop("i-none")).kind());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.start("i-none")).kind());
    }

    @Test
    void stopsAndStartsAMachine() throws CloudException {
        assertEquals(PowerState.RUNNING, cloud.powerState(INSTANCE));
        cloud.stop(INSTANCE);
        assertEquals(PowerState.CHANGING, cloud.powerState(INSTANCE));
        time.pass(Duration.ofMinutes(1));
        assertEquals(PowerState.STOPPED, cloud.powerState(INSTANCE));
        cloud.start(INSTANCE);
        time.pass(Duration.ofMinutes(1));
        assertEquals(PowerState.RUNNING, cloud.powerState(INSTANCE));
        assertEquals(
                ErrorKind.NOT_FOUND, error(() -> cloud.powerState("i-none")).kind());
    }

    @Test
    void theQuotaShowsOnlyWhenItIsUsedUp() throws CloudException {
        fake.allowImages(1);
        cloud.create(request("web-1"), "token");

        assertEquals(Optional.empty(), cloud.quota());
        assertEquals(
                ErrorKind.QUOTA,
                error(() -> cloud.create(request("web-2"), "token")).kind());
    }

    @Test
    void probesWithoutDoingAnything() throws CloudException {
        assertEquals("ens:DescribeSelfImages", cloud.probe());
        assertEquals(List.of("DescribeSelfImages"), server.calls());
    }

    @Test
    void refusalsHaveTheirKind() {
        CloudError missing =
                error(() -> cloud.create(new EnsImageRequest("web-1", "i-none", null, false, false, null), "token"));

        assertEquals(ErrorKind.NOT_FOUND, missing.kind());
        assertEquals(Acted.NO, missing.acted());
        assertFalse(missing.requestId().isEmpty());
        assertEquals(
                ErrorKind.INVALID_REQUEST,
                error(() -> cloud.create(request("1"), "token")).kind());
    }

    @Test
    void aWrongKeyIsAnAuthenticationErrorThatShowsNothing() {
        CloudError wrongSecret =
                error(() -> cloud(new AccessKey(KEY.id(), "wrong", null), time).probe());
        CloudError wrongId = error(
                () -> cloud(new AccessKey("LTAInobody", "wrong", null), time).probe());

        assertEquals(ErrorKind.AUTHENTICATION, wrongSecret.kind());
        assertEquals(ErrorKind.AUTHENTICATION, wrongId.kind());
        assertFalse(wrongSecret.text().contains("x-acs-"), wrongSecret.text());
        assertFalse(wrongId.text().contains("LTAInobody"), wrongId.text());
    }

    @Test
    void sendsTheTokenOfTemporaryKeys() throws CloudException {
        fake.requireToken("session-token");

        assertEquals(ErrorKind.AUTHENTICATION, error(cloud::probe).kind());
        assertEquals(
                "ens:DescribeSelfImages",
                cloud(new AccessKey(KEY.id(), KEY.secret(), "session-token"), time)
                        .probe());
    }

    @Test
    void aWrongClockIsCorrectedOnceByTheServersDate() throws CloudException {
        // The fake's clock and its Date header are the system's; ours is an hour late.
        try (FakeServer onTime = new FakeServer(new FakeAlibabaEns(Clock.systemUTC()))) {
            Cloud late = cloud(onTime.endpoint(), KEY, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));

            late.probe();
            late.probe();

            assertEquals(3, onTime.calls().size());
        }
    }

    @Test
    void tooManyCallsAreThrottledWithThePauseThatTheCloudWants() {
        server.faults().next("CreateImage", Fault.THROTTLED);

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(Acted.NO, error.acted());
        assertEquals(Duration.ofMillis(1500), error.retryAfter());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOSE_ANSWER", "GATEWAY_AFTER", "BROKEN_JSON", "ENDLESS"})
    void aLostAnswerLeavesTheOutcomeOpenAndTheCreateIsSentOnce(Fault fault) {
        server.faults().next("CreateImage", fault);

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

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

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(Acted.MAYBE, error.acted());
        assertEquals(1, server.count("CreateImage"));
    }

    @Test
    void whatWasNeverSentWasNeverDone() {
        server.close();

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertEquals(Acted.NO, error.acted());
    }

    @Test
    void allSitesHaveOneHost() {
        assertEquals(
                URI.create("https://ens.aliyuncs.com"),
                new EnsProvider(TestTransport.direct(), time).endpoint(EnsProvider.REGION));
    }
}

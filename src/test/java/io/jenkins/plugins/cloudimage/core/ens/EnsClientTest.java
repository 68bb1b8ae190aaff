package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.http.CannedTransport;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEns;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
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

/** Each call against the fake cloud, which checks the signature with its own code. */
class EnsClientTest {
    private static final String INSTANCE = FakeAlibabaEns.INSTANCE;
    private static final AccessKey KEY = new AccessKey(FakeAlibabaEns.KEY_ID, FakeAlibabaEns.SECRET, null);

    private final VirtualTime time = new VirtualTime();
    private final FakeAlibabaEns fake = new FakeAlibabaEns(time);
    private final FakeServer server = new FakeServer(fake);
    private final Cloud cloud = new EnsProvider(TestTransport.direct(), time)
            .connect(new CloudConnection(EnsProvider.ID, server.endpoint(), EnsProvider.REGION, KEY));

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
    void anImageIsPackedAndUploaded() throws CloudException {
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
    void findsAllImagesOfAName() throws CloudException {
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
    void theQuotaShowsOnlyWhenItIsUsedUp() throws CloudException {
        fake.allowImages(1);
        cloud.create(request("web-1"), "token");

        assertEquals(Optional.empty(), cloud.quota());
        assertEquals(
                ErrorKind.QUOTA,
                error(() -> cloud.create(request("web-2"), "token")).kind());
    }

    @Test
    void tooManyCallsAreThrottledWithThePauseThatTheCloudWants() {
        server.faults().next("CreateImage", Fault.THROTTLED);

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals(Duration.ofMillis(1500), error.retryAfter());
    }

    @Test
    void allSitesHaveOneHost() {
        assertEquals(
                URI.create("https://ens.aliyuncs.com"),
                new EnsProvider(TestTransport.direct(), time).endpoint(EnsProvider.REGION));
    }
}

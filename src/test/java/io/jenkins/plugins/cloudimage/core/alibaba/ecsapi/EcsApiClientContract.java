package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Tests that every cloud with the ECS API passes, against its fake, which checks signatures with its own code. */
public abstract class EcsApiClientContract {
    protected static final String INSTANCE = FakeEcsAccount.INSTANCE;
    protected static final AccessKey KEY = new AccessKey(FakeEcsAccount.KEY_ID, FakeEcsAccount.SECRET, null);

    protected final VirtualTime time = new VirtualTime();
    protected final FakeEcsAccount fake = fake(time);
    protected final FakeServer server = new FakeServer(fake);
    protected final Cloud cloud = cloud(server.endpoint(), KEY, time);

    protected abstract FakeEcsAccount fake(Clock clock);

    protected abstract Cloud cloud(URI endpoint, AccessKey key, Clock clock);

    /** A request with a name and one source. */
    protected abstract ImageRequest request(String name, String instanceId, String snapshotId);

    protected final ImageRequest request(String name) {
        return request(name, INSTANCE, null);
    }

    /** Fails unless the call fails. */
    protected static CloudError error(ThrowingCall call) {
        return Assertions.assertThrows(CloudException.class, call::run).error();
    }

    protected interface ThrowingCall {
        void run() throws CloudException;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aTokenMakesOneImage() throws CloudException {
        String first = cloud.create(request("web-1"), "token").imageId();

        assertEquals(first, cloud.create(request("web-1"), "token").imageId());
        assertEquals(1, fake.images().all().size());
        assertEquals(
                "IdempotentParameterMismatch",
                error(() -> cloud.create(request("web-2"), "token")).code());
    }

    @Test
    void aTokenThatIsStillBeingProcessedIsAskedForAgain() throws CloudException {
        fake.processTokens(Duration.ofSeconds(10));
        String first = cloud.create(request("web-1"), "token").imageId();

        CloudError processing = error(() -> cloud.create(request("web-1"), "token"));
        assertEquals(ErrorKind.BUSY, processing.kind());
        assertEquals(SideEffect.POSSIBLE, processing.sideEffect());
        time.pass(Duration.ofSeconds(10));
        assertEquals(first, cloud.create(request("web-1"), "token").imageId());
        assertEquals(1, fake.images().all().size());
    }

    @Test
    void theCloudForgetsATokenAfterADay() throws CloudException {
        cloud.create(request("web-1"), "token");
        time.pass(Duration.ofHours(25));

        assertEquals(
                ErrorKind.NAME_TAKEN,
                error(() -> cloud.create(request("web-1"), "token")).kind());
    }

    @Test
    void describesAHundredImagesInOneCall() throws CloudException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(cloud.create(request("web-" + i), "token-" + i).imageId());
        }

        assertEquals(100, cloud.describe(ids).size());
        assertEquals(1, server.count("DescribeImages"));
    }

    @Test
    void deletesAnImageThenItsSnapshotsOnceTheCloudLets() throws CloudException {
        String id = cloud.create(request("web-1"), "token").imageId();
        assertEquals(ErrorKind.BUSY, error(() -> cloud.delete(id)).kind());
        time.pass(Duration.ofMinutes(10));
        List<String> left = cloud.snapshotsLeftBy(id);
        assertEquals(fake.snapshots(), left);
        assertEquals(
                ErrorKind.BUSY, error(() -> cloud.deleteSnapshot(left.get(0))).kind());

        cloud.delete(id);

        assertEquals(List.of(), fake.images().all());
        assertEquals(
                ErrorKind.BUSY, error(() -> cloud.deleteSnapshot(left.get(0))).kind());
        time.pass(Duration.ofSeconds(10));
        cloud.deleteSnapshot(left.get(0));
        assertEquals(List.of(), fake.snapshots());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.delete(id)).kind());
        assertEquals(List.of(), cloud.snapshotsLeftBy(id));
    }

    @Test
    void aSnapshotThatWasThereBeforeStays() throws CloudException {
        fake.addSnapshot("s-mine");
        time.pass(Duration.ofMinutes(1));
        String id = cloud.create(request("web-1", null, "s-mine"), "token").imageId();
        time.pass(Duration.ofMinutes(10));

        assertEquals(List.of(), cloud.snapshotsLeftBy(id));
    }

    @Test
    void whatIsDoneAlreadyIsRefused() throws CloudException {
        CloudError running = error(() -> cloud.start(INSTANCE));
        assertEquals("IncorrectInstanceStatus", running.code());
        assertEquals(ErrorKind.BUSY, running.kind());
        cloud.stop(INSTANCE);
        time.pass(Duration.ofMinutes(1));
        assertEquals(
                "IncorrectInstanceStatus", error(() -> cloud.stop(INSTANCE)).code());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.stop("i-none")).kind());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.start("i-none")).kind());
        assertEquals(
                ErrorKind.NOT_FOUND, error(() -> cloud.powerState("i-none")).kind());
    }

    @Test
    void theQuotaShowsOnlyWhenItIsUsedUp() throws CloudException {
        fake.allowImages(1);
        cloud.create(request("web-1"), "token-1");

        assertEquals(Optional.empty(), cloud.quota());
        assertEquals(
                ErrorKind.QUOTA,
                error(() -> cloud.create(request("web-2"), "token-2")).kind());
    }

    @Test
    void tooManyCallsAreThrottledWithThePauseThatTheCloudWants() {
        server.faults().next("CreateImage", Fault.THROTTLED);

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals(Duration.ofMillis(1500), error.retryAfter());
    }
}

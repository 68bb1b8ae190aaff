package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each call against the fake cloud, which checks the signature with its own code. */
class JdCloudClientTest {
    private static final String INSTANCE = "i-eumm9d8xvv";
    private static final AccessKey KEY = new AccessKey(FakeJdCloud.ACCESS_KEY, FakeJdCloud.SECRET_KEY, null);

    private final VirtualTime time = new VirtualTime();
    private final FakeJdCloud fake = new FakeJdCloud(time);
    private final FakeServer server = new FakeServer(fake);
    private final Cloud cloud = new JdCloudProvider(TestTransport.direct(), time)
            .connect(new CloudConnection(JdCloudProvider.ID, server.endpoint(), "cn-north-1", KEY));

    private static JdCloudImageRequest request(String name) {
        return new JdCloudImageRequest("cn-north-1", name, null, INSTANCE, null);
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
        ChargeSpec charge = new ChargeSpec(true, "2026-12-18", true, "e30=", 3, "postpaid_by_duration", "year");
        DiskSpec disk = new DiskSpec(
                "cn-north-1a", charge, "for data", 40, "ssd.io1", true, 1200, false, "data", "policy-1", "snapshot-1");
        cloud.create(
                new JdCloudImageRequest(
                        "cn-north-1",
                        "镜像-1",
                        "夜间",
                        INSTANCE,
                        List.of(
                                new InstanceDiskAttachmentSpec(true, disk, "vdf", "cloud", false),
                                new InstanceDiskAttachmentSpec(null, null, "vdb", "", true))),
                "token");

        assertEquals(
                "{\"name\":\"镜像-1\",\"description\":\"夜间\",\"dataDisks\":[{\"autoDelete\":true,"
                        + "\"cloudDiskSpec\":{\"az\":\"cn-north-1a\",\"charge\":{\"autoChangeChargeMode\":true,"
                        + "\"autoChangeChargeModeDate\":\"2026-12-18\",\"autoRenew\":true,\"buyScenario\":\"e30=\","
                        + "\"chargeDuration\":3,\"chargeMode\":\"postpaid_by_duration\",\"chargeUnit\":\"year\"},"
                        + "\"description\":\"for data\",\"diskSizeGB\":40,\"diskType\":\"ssd.io1\",\"encrypt\":true,"
                        + "\"iops\":1200,\"multiAttachable\":false,\"name\":\"data\",\"policyId\":\"policy-1\","
                        + "\"snapshotId\":\"snapshot-1\"},"
                        + "\"deviceName\":\"vdf\",\"diskCategory\":\"cloud\",\"noDevice\":false},"
                        + "{\"deviceName\":\"vdb\",\"noDevice\":true}]}",
                fake.creates().get(0).toString());
    }

    @Test
    void anImageWithoutADescriptionIsDescribedByItsName() throws CloudException {
        cloud.create(request("web-1"), "token");

        assertEquals(
                "{\"name\":\"web-1\",\"description\":\"web-1\"}",
                fake.creates().get(0).toString());
    }

    @Test
    void findsANameToTheLetterOnAnyPageAndAllThatBearIt() throws CloudException {
        String first = cloud.create(request("web-1"), "token").imageId();
        for (int i = 0; i < 120; i++) {
            cloud.create(request("web-1-" + i), "token");
        }
        String second = cloud.create(request("web-1"), "token").imageId();

        assertEquals(
                List.of(first, second),
                cloud.findByName("web-1").stream().map(CloudImage::id).toList());
        assertEquals(2, server.count("describeImages"));
        assertEquals(List.of(), cloud.findByName("Web-1"));
    }

    @Test
    void describesAHundredImagesInOneCall() throws CloudException {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(cloud.create(request("web-" + i), "token").imageId());
        }

        assertEquals(100, cloud.describe(ids).size());
        assertEquals(1, server.count("describeImages"));
    }

    @Test
    void deletesAnImageWithItsSnapshotsOnceItIsMade() throws CloudException {
        String id = cloud.create(request("web-1"), "token").imageId();
        assertEquals(ErrorKind.BUSY, error(() -> cloud.delete(id)).kind());
        time.pass(Duration.ofMinutes(10));
        assertEquals(Set.of(id), fake.snapshots());

        cloud.delete(id);

        assertEquals(List.of(), fake.images().all());
        assertEquals(Set.of(), fake.snapshots());
        assertEquals(ErrorKind.NOT_FOUND, error(() -> cloud.delete(id)).kind());
    }

    @Test
    void aMachineThatRunsIsRefusedWithTheWayOut() throws CloudException {
        FakeJdCloud strict = new FakeJdCloud(time);
        strict.useLocalSystemDisks();
        try (FakeServer strictServer = new FakeServer(strict)) {
            Cloud account = new JdCloudProvider(TestTransport.direct(), time)
                    .connect(new CloudConnection(JdCloudProvider.ID, strictServer.endpoint(), "cn-north-1", KEY));

            CloudError refusal = error(() -> account.create(request("web-1"), "token"));
            account.stop(INSTANCE);
            time.pass(Duration.ofMinutes(1));

            assertEquals(ErrorKind.INVALID_REQUEST, refusal.kind());
            assertTrue(refusal.text().contains("stopInstance: true"), refusal.text());
            assertFalse(account.create(request("web-1"), "token").imageId().isEmpty());
        }
    }

    @Test
    void tellsTheQuotaApartFromTheRate() throws CloudException {
        fake.allowImages(1);
        cloud.create(request("web-1"), "token");

        CloudError full = error(() -> cloud.create(request("web-2"), "token"));
        server.faults().next("createImage", Fault.THROTTLED);
        CloudError fast = error(() -> cloud.create(request("web-2"), "token"));

        assertEquals(Optional.of(new Quota(1, 1)), cloud.quota());
        assertEquals(ErrorKind.QUOTA, full.kind());
        assertEquals("QUOTA_EXCEEDED", full.code());
        assertEquals(ErrorKind.THROTTLED, fast.kind());
        assertEquals("RATE_LIMIT", fast.code());
    }

    @Test
    void twoImagesMayShareAName() throws CloudException {
        cloud.create(request("web-1"), "token");
        cloud.create(request("web-1"), "token");

        assertFalse(
                new JdCloudProvider(TestTransport.direct(), time).capabilities().uniqueNames());
        assertEquals(2, cloud.findByName("web-1").size());
    }

    @Test
    void aWrongKeyOnAnHonestClockIsSentOnce() {
        try (FakeServer onTime = new FakeServer(new FakeJdCloud(Clock.systemUTC()))) {
            Cloud wrong = new JdCloudProvider(TestTransport.direct(), Clock.systemUTC())
                    .connect(new CloudConnection(
                            JdCloudProvider.ID,
                            onTime.endpoint(),
                            "cn-north-1",
                            new AccessKey(KEY.id(), "wrong", null)));

            assertEquals(ErrorKind.AUTHENTICATION, error(wrong::probe).kind());
            assertEquals(1, onTime.calls().size());
        }
    }

    @Test
    void tooManyCallsAreThrottledAndNothingIsDone() throws CloudException {
        for (int i = 0; i < 1000; i++) {
            cloud.probe();
        }

        CloudError error = error(() -> cloud.create(request("web-1"), "token"));

        assertEquals(ErrorKind.THROTTLED, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals(List.of(), fake.images().all());
    }
}

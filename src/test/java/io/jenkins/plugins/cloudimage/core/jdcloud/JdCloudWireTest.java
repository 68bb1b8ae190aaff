package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.ImageTemplate.Kind;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.TemporaryKey;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every call, byte for byte, as the files in {@code jdcloud/wire} show it. */
class JdCloudWireTest {
    private static final String INSTANCE = "i-abc123";
    private static final String IMAGE = "img-3x1tgu4rxp";
    private static final AccessKey KEY = new AccessKey("ak", "sk", "session-token");

    private interface CloudCall {
        void on(Cloud cloud) throws CloudException;
    }

    private static void check(String name, AccessKey key, CloudCall call) throws CloudException, IOException {
        WireFiles.check(
                "jdcloud/wire/" + name + ".http",
                transport -> call.on(new JdCloudProvider(
                                transport, new VirtualTime(), () -> "11111111-2222-3333-4444-555555555555")
                        .connect(new CloudConnection(
                                JdCloudProvider.ID, URI.create("http://vm.jdcloud-api.com"), "cn-north-1", key))));
    }

    private static void check(String name, CloudCall call) throws CloudException, IOException {
        check(name, KEY, call);
    }

    /** Body, time and nonce are those of the vector of createImage, and so is the signature. */
    @Test
    void createImage() throws CloudException, IOException {
        check(
                "CreateImage",
                new AccessKey("ak", "sk", null),
                cloud -> assertEquals(
                        IMAGE,
                        cloud.create(new JdCloudImageRequest("cn-north-1", "img-1", "d", INSTANCE, null), "t")
                                .imageId()));
    }

    @Test
    void createImageWithDataDisks() throws CloudException, IOException {
        ChargeSpec charge = new ChargeSpec(1, "prepaid_by_duration", "year");
        DiskSpec disk =
                new DiskSpec("cn-north-1a", charge, "数据", 20, "ssd", null, null, false, "data", null, "snapshot-1");
        List<InstanceDiskAttachmentSpec> disks = List.of(
                new InstanceDiskAttachmentSpec(true, disk, "vdf", "cloud", null),
                new InstanceDiskAttachmentSpec(null, null, "vdb", null, true));
        check(
                "CreateImageWithDataDisks",
                cloud -> assertEquals(
                        IMAGE,
                        cloud.create(new JdCloudImageRequest("cn-north-1", "镜像-1", null, INSTANCE, disks), "t")
                                .imageId()));
    }

    @Test
    void describeImages() throws CloudException, IOException {
        check(
                "DescribeImages",
                cloud -> assertEquals(
                        List.of(ImageState.PENDING, ImageState.READY),
                        cloud.describe(List.of(IMAGE, "img-4y2uhv5syq")).stream()
                                .map(CloudImage::state)
                                .toList()));
    }

    @Test
    void findByName() throws CloudException, IOException {
        check(
                "FindByName",
                cloud -> assertEquals(
                        List.of(IMAGE),
                        cloud.findByName("镜像-1").stream().map(CloudImage::id).toList()));
    }

    @Test
    void deleteImage() throws CloudException, IOException {
        check("DeleteImage", cloud -> cloud.delete(IMAGE));
    }

    @Test
    void describeInstance() throws CloudException, IOException {
        check("DescribeInstance", cloud -> assertEquals(PowerState.STOPPED, cloud.powerState(INSTANCE)));
    }

    @Test
    void stopInstance() throws CloudException, IOException {
        check("StopInstance", cloud -> cloud.stop(INSTANCE));
    }

    @Test
    void startInstance() throws CloudException, IOException {
        check("StartInstance", cloud -> cloud.start(INSTANCE));
    }

    @Test
    void describeQuotas() throws CloudException, IOException {
        check("DescribeQuotas", cloud -> assertEquals(Optional.of(new Quota(2, 5)), cloud.quota()));
    }

    /** The token service takes no token of a stored key. */
    @Test
    void assumeRole() throws CloudException, IOException {
        CloudRole role = new CloudRole(
                "jrn:iam::100000000001:role/image-builder", null, null, Duration.ofHours(2), "jenkins-web@1");
        WireFiles.check("jdcloud/wire/AssumeRole.http", transport -> {
            TemporaryKey key = new JdCloudProvider(
                            transport, new VirtualTime(), () -> "11111111-2222-3333-4444-555555555555")
                    .roles()
                    .orElseThrow()
                    .assume(new RoleGrant(
                            JdCloudProvider.ID,
                            URI.create("http://sts.jdcloud-api.com"),
                            null,
                            new AccessKey("ak", "sk", null),
                            role));
            assertEquals("JDC_TEMPORARY", key.key().id());
            assertEquals("temporary-token", key.key().sessionToken());
            assertEquals(Duration.ofHours(2), key.lifetime());
        });
    }

    @Test
    void probe() throws CloudException, IOException {
        check(
                "Probe",
                cloud -> assertEquals(
                        ErrorKind.PERMISSION,
                        assertThrows(CloudException.class, cloud::probe).error().kind()));
    }

    @Test
    void templates() throws CloudException, IOException {
        check(
                "Templates",
                cloud -> assertEquals(
                        List.of(new ImageTemplate(Kind.LAUNCH_TEMPLATE, "it-u3o8b7q2yy", "img-chn8lfcn6j")),
                        cloud.templates()));
    }
}

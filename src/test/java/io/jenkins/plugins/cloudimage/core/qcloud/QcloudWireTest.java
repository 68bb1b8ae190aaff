package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every call, byte for byte, as the files in {@code qcloud/wire} show it. The answers follow the pages. */
class QcloudWireTest {
    private static final String INSTANCE = "ins-12345678";
    private static final AccessKey KEY =
            new AccessKey("AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA", "Gu5t9xGARNpq86cd98joQYCN3Cozk1qA", "session-token");

    private interface CloudCall {
        void on(Cloud cloud) throws CloudException;
    }

    private static void check(String name, CloudCall call) throws CloudException, IOException {
        WireFiles.check(
                "qcloud/wire/" + name + ".http",
                transport -> call.on(new QcloudProvider(transport, new VirtualTime(), () -> 11886)
                        .connect(new CloudConnection(
                                QcloudProvider.ID, URI.create("http://image.api.qcloud.com"), "ap-guangzhou", KEY))));
    }

    @Test
    void createImage() throws CloudException, IOException {
        QcloudImageRequest request = new QcloudImageRequest("ap-guangzhou", "test", "夜间", INSTANCE);
        check("CreateImage", cloud -> {
            CreateAnswer answer = cloud.create(request, "t");
            assertNull(answer.imageId());
            assertEquals("24534341s", answer.requestId());
        });
    }

    @Test
    void createImageRefusedForItsName() throws CloudException, IOException {
        QcloudImageRequest request = new QcloudImageRequest("ap-guangzhou", "test", null, INSTANCE);
        check(
                "CreateImageRefused",
                cloud -> assertEquals(
                        ErrorKind.NAME_TAKEN,
                        assertThrows(CloudException.class, () -> cloud.create(request, "t"))
                                .error()
                                .kind()));
    }

    /** The answer is the one of the API page. */
    @Test
    void syncCvmImage() throws CloudException, IOException {
        QcloudImageRequest request = new QcloudImageRequest("ap-guangzhou", "test", "夜间", INSTANCE);
        check("SyncCvmImage", cloud -> {
            CreateAnswer answer =
                    cloud.copy(CopyRequest.of(request, "img-1234test", new CopyTarget("ap-shanghai")), "t");
            assertNull(answer.imageId());
            assertNull(answer.requestId());
        });
    }

    @Test
    void describeImages() throws CloudException, IOException {
        check(
                "DescribeImages",
                cloud -> assertEquals(
                        "2 (normal)",
                        cloud.describe(List.of("img-1234test", "img-5678test"))
                                .get(0)
                                .cloudState()));
    }

    @Test
    void findByName() throws CloudException, IOException {
        check(
                "FindByName",
                cloud -> assertEquals(
                        "img-1234test", cloud.findByName("test").get(0).id()));
    }

    @Test
    void deleteImages() throws CloudException, IOException {
        check("DeleteImages", cloud -> cloud.delete("img-1234test"));
    }

    @Test
    void describeInstances() throws CloudException, IOException {
        check("DescribeInstances", cloud -> assertEquals(PowerState.STOPPED, cloud.powerState(INSTANCE)));
    }

    @Test
    void stopInstances() throws CloudException, IOException {
        check("StopInstances", cloud -> cloud.stop(INSTANCE));
    }

    @Test
    void startInstances() throws CloudException, IOException {
        check(
                "StartInstances",
                cloud -> assertEquals(
                        ErrorKind.BUSY,
                        assertThrows(CloudException.class, () -> cloud.start(INSTANCE))
                                .error()
                                .kind()));
    }

    @Test
    void probe() throws CloudException, IOException {
        check("Probe", Cloud::probe);
    }
}

package io.jenkins.plugins.cloudimage.core.tencent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.ImageTemplate.Kind;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every call, byte for byte, as the files in {@code tencent/wire} show it. */
class TencentWireTest {
    private static final String INSTANCE = "ins-6pb6lrmy";
    private static final AccessKey KEY =
            new AccessKey("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", "session-token");

    private interface CloudCall {
        void on(Cloud cloud) throws CloudException;
    }

    private static void check(String name, CloudCall call) throws CloudException, IOException {
        WireFiles.check(
                "tencent/wire/" + name + ".http",
                transport -> call.on(new TencentProvider(transport, new VirtualTime())
                        .connect(new CloudConnection(
                                        TencentProvider.ID,
                                        URI.create("http://cvm.tencentcloudapi.com"),
                                        "ap-guangzhou",
                                        KEY)
                                .withScaling(URI.create("http://as.tencentcloudapi.com")))));
    }

    @Test
    void createImage() throws CloudException, IOException {
        TencentImageRequest request = new TencentImageRequest(
                "ap-guangzhou", "web-1", "夜间", INSTANCE, null, true, true, List.of("disk-1"), false);
        check(
                "CreateImage",
                cloud -> assertEquals("img-0yc6rie8", cloud.create(request, "t").imageId()));
    }

    @Test
    void describeImages() throws CloudException, IOException {
        check(
                "DescribeImages",
                cloud -> assertEquals(
                        "CREATING",
                        cloud.describe(List.of("img-0yc6rie8")).get(0).cloudState()));
    }

    @Test
    void findByName() throws CloudException, IOException {
        check("FindByName", cloud -> assertEquals(List.of(), cloud.findByName("web-1")));
    }

    /** Auto Scaling is another service with a host of its own. */
    @Test
    void templates() throws CloudException, IOException {
        check(
                "Templates",
                cloud -> assertEquals(
                        List.of(
                                new ImageTemplate(Kind.LAUNCH_TEMPLATE, "lt-b8v1kcyq", "img-0yc6rie8"),
                                new ImageTemplate(Kind.LAUNCH_TEMPLATE, "lt-b8v1kcyq", null),
                                new ImageTemplate(Kind.SCALING_CONFIGURATION, "asc-fa28v4in", "img-eb30mz89")),
                        cloud.templates()));
    }

    @Test
    void deleteImages() throws CloudException, IOException {
        check("DeleteImages", cloud -> cloud.delete("img-0yc6rie8"));
    }

    @Test
    void describeInstances() throws CloudException, IOException {
        check("DescribeInstances", cloud -> cloud.powerState(INSTANCE));
    }

    @Test
    void stopInstances() throws CloudException, IOException {
        check("StopInstances", cloud -> cloud.stop(INSTANCE));
    }

    @Test
    void startInstances() throws CloudException, IOException {
        check("StartInstances", cloud -> cloud.start(INSTANCE));
    }

    @Test
    void quota() throws CloudException, IOException {
        check("Quota", cloud -> assertEquals(7, cloud.quota().orElseThrow().used()));
    }
}

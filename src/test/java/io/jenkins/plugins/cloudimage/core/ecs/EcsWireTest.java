package io.jenkins.plugins.cloudimage.core.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.ImageTemplate.Kind;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls, byte for byte, as the files in {@code ecs/wire} show them. */
class EcsWireTest {
    private static final String IMAGE = "m-bp146shijn7hujku9k5x";
    private static final AccessKey KEY = new AccessKey("testid", "testsecret", "session-token");

    private interface CloudCall {
        void on(Cloud cloud) throws CloudException;
    }

    private static void check(String name, CloudCall call) throws CloudException, IOException {
        WireFiles.check(
                "ecs/wire/" + name + ".http",
                transport -> call.on(new EcsProvider(transport, new VirtualTime(), () -> "nonce-0001")
                        .connect(new CloudConnection(
                                        EcsProvider.ID,
                                        URI.create("http://ecs.cn-hangzhou.aliyuncs.com"),
                                        "cn-hangzhou",
                                        KEY)
                                .withScaling(URI.create("http://ess.aliyuncs.com")))));
    }

    @Test
    void createImage() throws CloudException, IOException {
        EcsImageRequest request = new EcsImageRequest(
                "cn-hangzhou",
                "TestCentOS",
                "夜间 & daily",
                null,
                null,
                List.of(new DiskDeviceMapping("s-bp17441ohwkdca0", 2000, "/dev/xvda", "system")),
                "CentOS",
                "x86_64",
                "rg-bp67acfmxazb4p",
                List.of(new ImageTag("KeyTest", "ValueTest")),
                "UEFI-Preferred",
                "hangzhou-daily-update",
                "2026011",
                "Standard",
                "v2",
                false);
        check(
                "CreateImage",
                cloud -> assertEquals(
                        IMAGE,
                        cloud.create(request, "123e4567-e89b-12d3-a456-426655440000")
                                .imageId()));
    }

    @Test
    void describeImages() throws CloudException, IOException {
        check(
                "DescribeImages",
                cloud -> assertEquals(
                        ImageState.PENDING,
                        cloud.describe(List.of(IMAGE)).get(0).state()));
    }

    /** Auto Scaling is another service with a host and a version of its own. */
    @Test
    void templates() throws CloudException, IOException {
        check(
                "Templates",
                cloud -> assertEquals(
                        List.of(
                                new ImageTemplate(Kind.LAUNCH_TEMPLATE, "lt-m5eiaupmvm2op9dk7i9u", null),
                                new ImageTemplate(Kind.LAUNCH_TEMPLATE, "lt-m5eiaupmvm2op9dk7i9u", IMAGE),
                                new ImageTemplate(
                                        Kind.SCALING_CONFIGURATION,
                                        "asc-bp1ffogfdauy0nu5w5bf",
                                        "m-bp146shijn7hujku9k5y",
                                        "web-1")),
                        cloud.templates()));
    }

    @Test
    void stopInstance() throws CloudException, IOException {
        check("StopInstance", cloud -> cloud.stop("i-bp1g6zv0ce8oghu7k2xd"));
    }
}

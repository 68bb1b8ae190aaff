package io.jenkins.plugins.cloudimage.core.apsara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every call, byte for byte, as the files in {@code apsara/wire} show it; the creation over each gateway. */
class ApsaraWireTest {
    private static final String REGION = "cn-qingdao-env17-d01";
    private static final String INSTANCE = "i-bp1g6zv0ce8oghu7k2xd";
    private static final String IMAGE = "m-bp146shijn7hujku9k5x";
    private static final String TOKEN = "123e4567-e89b-12d3-a456-426655440000";
    private static final AccessKey KEY = new AccessKey("testid", "testsecret", "session-token");

    private interface CloudCall {
        void on(Cloud cloud) throws CloudException;
    }

    private static void check(String name, CloudCall call) throws CloudException, IOException {
        check("pop", "ecs.env17.example.com", name, call);
    }

    private static void check(String gateway, String host, String name, CloudCall call)
            throws CloudException, IOException {
        Map<String, String> settings = Map.of(
                ApsaraSettings.GATEWAY,
                gateway,
                ApsaraSettings.ORGANIZATION,
                "37",
                ApsaraSettings.RESOURCE_SET,
                "42",
                ApsaraSettings.VERSION,
                gateway.equals("route") ? "2016-01-01" : "2014-05-26");
        WireFiles.check(
                "apsara/wire/" + name + ".http",
                transport -> call.on(new ApsaraProvider(transport, new VirtualTime(), () -> "nonce-0001")
                        .connect(new CloudConnection(
                                ApsaraProvider.ID, URI.create("http://" + host), REGION, KEY, settings))));
    }

    private static ApsaraImageRequest instance() {
        return new ApsaraImageRequest(
                REGION,
                "TestCentOS",
                "夜间 & daily",
                INSTANCE,
                null,
                null,
                null,
                null,
                "rg-bp67acfmxazb4p",
                List.of(new ImageTag("KeyTest", "ValueTest"), new ImageTag("empty", "")));
    }

    @Test
    void createImageOverPop() throws CloudException, IOException {
        check(
                "CreateImage-pop",
                cloud -> assertEquals(IMAGE, cloud.create(instance(), TOKEN).imageId()));
    }

    @Test
    void createImageOverAsapi() throws CloudException, IOException {
        check(
                "asapi",
                "public.asapi.env17.example.com",
                "CreateImage-asapi",
                cloud -> assertEquals(IMAGE, cloud.create(instance(), TOKEN).imageId()));
    }

    @Test
    void createImageOverRoute() throws CloudException, IOException {
        check(
                "route",
                "console.env17.example.com",
                "CreateImage-route",
                cloud -> assertNull(cloud.create(instance(), TOKEN).imageId()));
    }

    @Test
    void createImageFromSnapshots() throws CloudException, IOException {
        ApsaraImageRequest request = new ApsaraImageRequest(
                REGION,
                "TestCentOS",
                null,
                null,
                null,
                List.of(
                        new DiskDeviceMapping("s-bp17441ohwkdca0", null, "/dev/vda", "system"),
                        new DiskDeviceMapping(null, 2000, "/dev/vdb", "data")),
                "CentOS",
                "x86_64",
                null,
                null);
        check(
                "CreateImage-snapshots",
                cloud -> assertEquals(IMAGE, cloud.create(request, TOKEN).imageId()));
    }

    @Test
    void describeImages() throws CloudException, IOException {
        check(
                "DescribeImages",
                cloud -> assertEquals(
                        ImageState.READY,
                        cloud.describe(List.of(IMAGE, "m-bp1other")).get(0).state()));
    }

    @Test
    void findByName() throws CloudException, IOException {
        check("FindByName", cloud -> assertEquals(List.of(), cloud.findByName("TestCentOS")));
    }

    @Test
    void deleteImage() throws CloudException, IOException {
        check("DeleteImage", cloud -> {
            assertEquals(List.of("s-bp1mine"), cloud.snapshotsLeftBy(IMAGE));
            cloud.delete(IMAGE);
            cloud.deleteSnapshot("s-bp1mine");
        });
    }

    @Test
    void describeInstances() throws CloudException, IOException {
        check("DescribeInstances", cloud -> assertEquals(PowerState.STOPPED, cloud.powerState(INSTANCE)));
    }

    @Test
    void stopInstance() throws CloudException, IOException {
        check("StopInstance", cloud -> cloud.stop(INSTANCE));
    }

    @Test
    void startInstance() throws CloudException, IOException {
        check("StartInstance", cloud -> cloud.start(INSTANCE));
    }
}

package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.WireFiles;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every call, byte for byte, as the files in {@code ens/wire} show it. */
class EnsWireTest {
    private static final String INSTANCE = "i-5rr1bnyrc4tswr8cq3w6y";
    private static final AccessKey KEY = new AccessKey("testid", "testsecret", "session-token");

    private interface CloudCall {
        void on(Cloud cloud) throws CloudException;
    }

    private static void check(String name, CloudCall call) throws CloudException, IOException {
        WireFiles.check(
                "ens/wire/" + name + ".http",
                transport -> call.on(new EnsProvider(transport, new VirtualTime(), () -> "nonce-0001")
                        .connect(new CloudConnection(
                                EnsProvider.ID, URI.create("http://ens.aliyuncs.com"), EnsProvider.REGION, KEY))));
    }

    @Test
    void createImage() throws CloudException, IOException {
        EnsImageRequest request = new EnsImageRequest("镜像:1", INSTANCE, null, true, true, "cn-beijing");
        check(
                "CreateImage",
                cloud -> assertEquals("m-5xxgg", cloud.create(request, "t").imageId()));
    }

    @Test
    void createImageFromASnapshot() throws CloudException, IOException {
        EnsImageRequest request = new EnsImageRequest("ImageName", null, "s-bp67acfmxazb4p", false, false, null);
        check(
                "CreateImage-snapshot",
                cloud -> assertEquals("m-5xxgg", cloud.create(request, "t").imageId()));
    }

    @Test
    void describeSelfImages() throws CloudException, IOException {
        check(
                "DescribeSelfImages",
                cloud -> assertEquals(
                        ImageState.PENDING,
                        cloud.describe(List.of("m-5xxgg")).get(0).state()));
    }

    @Test
    void findByName() throws CloudException, IOException {
        check("FindByName", cloud -> assertEquals(List.of(), cloud.findByName("ImageName")));
    }

    @Test
    void deleteImage() throws CloudException, IOException {
        check("DeleteImage", cloud -> cloud.delete("m-5xxgg"));
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

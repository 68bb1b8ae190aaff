package io.jenkins.plugins.cloudimage.core.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiClientContract;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each call, and what public ECS has beyond the ECS API of all. */
class EcsClientTest extends EcsApiClientContract {
    @Override
    protected FakeEcsAccount fake(Clock clock) {
        return new FakeAlibabaEcs(clock);
    }

    @Override
    protected Cloud cloud(URI endpoint, AccessKey key, Clock clock) {
        return new EcsProvider(TestTransport.direct(), clock)
                .connect(new CloudConnection(EcsProvider.ID, endpoint, "cn-hangzhou", key));
    }

    @Override
    protected ImageRequest request(String name, String instanceId, String snapshotId) {
        return request(name, instanceId, snapshotId, false);
    }

    private static EcsImageRequest request(String name, String instanceId, String snapshotId, boolean dryRun) {
        return new EcsImageRequest(
                "cn-hangzhou",
                name,
                null,
                instanceId,
                snapshotId,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                dryRun);
    }

    @Test
    void sendsEveryParameterOfThePage() throws CloudException {
        cloud.create(
                new EcsImageRequest(
                        "cn-hangzhou",
                        "镜像-1",
                        "夜间",
                        INSTANCE,
                        "s-1",
                        List.of(new DiskDeviceMapping("s-2", 40, "/dev/xvda", "system")),
                        "CentOS",
                        "arm64",
                        "rg-1",
                        List.of(new ImageTag("team", "web")),
                        "UEFI",
                        "web",
                        "2026.1",
                        "Standard",
                        "v2",
                        false),
                "token");

        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("Architecture", "arm64"),
                        Map.entry("BootMode", "UEFI"),
                        Map.entry("ClientToken", "token"),
                        Map.entry("Description", "夜间"),
                        Map.entry("DetectionStrategy", "Standard"),
                        Map.entry("DiskDeviceMapping.1.Device", "/dev/xvda"),
                        Map.entry("DiskDeviceMapping.1.DiskType", "system"),
                        Map.entry("DiskDeviceMapping.1.Size", "40"),
                        Map.entry("DiskDeviceMapping.1.SnapshotId", "s-2"),
                        Map.entry("Features.ImdsSupport", "v2"),
                        Map.entry("ImageFamily", "web"),
                        Map.entry("ImageName", "镜像-1"),
                        Map.entry("ImageVersion", "2026.1"),
                        Map.entry("InstanceId", INSTANCE),
                        Map.entry("Platform", "CentOS"),
                        Map.entry("RegionId", "cn-hangzhou"),
                        Map.entry("ResourceGroupId", "rg-1"),
                        Map.entry("SnapshotId", "s-1"),
                        Map.entry("Tag.1.Key", "team"),
                        Map.entry("Tag.1.Value", "web"))),
                fake.creates().get(0));
    }

    @Test
    void aDryRunThatPassesIsASuccessWithoutAnImage() throws CloudException {
        CreateAnswer answer = cloud.create(request("web-1", INSTANCE, null, true), "token");

        assertTrue(answer.dryRun());
        assertNull(answer.imageId());
        assertEquals(List.of(), fake.images().all());
    }

    @Test
    void anAvailableImageIsReadyOnceItIsUsable() throws CloudException {
        String id = cloud.create(request("web-1"), "token").imageId();
        time.pass(Duration.ofMinutes(10));
        CloudImage available = cloud.describe(List.of(id)).get(0);
        time.pass(Duration.ofMinutes(1));

        assertEquals("Available", available.cloudState());
        assertEquals(ImageState.PENDING, available.state());
        assertEquals(ImageState.READY, cloud.describe(List.of(id)).get(0).state());
    }

    @Test
    void aDeprecatedImageIsFoundByNameAndByIdAndCanBeDeleted() throws CloudException {
        String id = cloud.create(request("web-1"), "token").imageId();
        time.pass(Duration.ofMinutes(11));
        ((FakeAlibabaEcs) fake).deprecate(id);

        CloudImage deprecated = cloud.describe(List.of(id)).get(0);
        assertEquals("Deprecated", deprecated.cloudState());
        assertEquals(ImageState.READY, deprecated.state());
        assertEquals(id, cloud.findByName("web-1").get(0).id());
        cloud.delete(id);
        assertEquals(List.of(), fake.images().all());
    }

    @Test
    void everyRegionHasItsOwnHost() {
        assertEquals(
                URI.create("https://ecs.cn-north-2-gov-1.aliyuncs.com"),
                new EcsProvider(TestTransport.direct(), time).endpoint("cn-north-2-gov-1"));
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraImageRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import io.jenkins.plugins.cloudimage.core.ecs.EcsImageRequest;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import io.jenkins.plugins.cloudimage.core.ens.EnsImageRequest;
import io.jenkins.plugins.cloudimage.core.ens.EnsProvider;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudImageRequest;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudProvider;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fake cloud with all that one has to know to make an image there.
 *
 * @param <C> the fake
 * @param id the cloud's id
 * @param cloud the fake
 * @param images its images
 * @param key its account's key
 * @param request a request that the account may make at once
 * @param settings what connections need beyond an address
 */
public record SimulatedCloud<C extends FakeCloud>(
        String id, C cloud, FakeImages images, AccessKey key, ImageRequest request, Map<String, String> settings) {
    private static final int IDS_PER_CLOUD = 0x1000;
    private static final String NAME = "web-1";
    private static final String DESCRIPTION = "nightly-web-tier";

    private SimulatedCloud(String id, C cloud, FakeImages images, AccessKey key, ImageRequest request) {
        this(id, cloud, images, key, request, Map.of());
    }

    /** JD Cloud with an instance that is stopped. */
    public static SimulatedCloud<FakeJdCloud> jdCloud(Clock clock) {
        FakeJdCloud cloud = new FakeJdCloud(clock);
        cloud.instances().addStopped("i-eumm9d8xvv");
        return new SimulatedCloud<>(
                JdCloudProvider.ID,
                cloud,
                cloud.images(),
                new AccessKey(FakeJdCloud.ACCESS_KEY, FakeJdCloud.SECRET_KEY, null),
                new JdCloudImageRequest("cn-north-1", NAME, DESCRIPTION, "i-eumm9d8xvv", null));
    }

    /** Tencent Cloud. */
    public static SimulatedCloud<FakeTencentCloud> tencentCloud(Clock clock) {
        FakeTencentCloud cloud = new FakeTencentCloud(clock);
        return new SimulatedCloud<>(
                TencentProvider.ID,
                cloud,
                cloud.images(),
                new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null),
                new TencentImageRequest(
                        "ap-guangzhou", NAME, DESCRIPTION, "ins-6pb6lrmy", null, false, false, null, false));
    }

    /** Tencent's API v2. */
    public static SimulatedCloud<FakeQcloud> qcloud(Clock clock) {
        FakeQcloud cloud = new FakeQcloud(clock);
        return new SimulatedCloud<>(
                QcloudProvider.ID,
                cloud,
                cloud.images(),
                new AccessKey(FakeQcloud.SECRET_ID, FakeQcloud.SECRET_KEY, null),
                new QcloudImageRequest("ap-guangzhou", NAME, DESCRIPTION, FakeQcloud.STOPPED));
    }

    /** An installation of Apsara Stack, entered at its POP endpoint. */
    public static SimulatedCloud<FakeApsaraStack> apsaraStack(Clock clock) {
        FakeApsaraStack cloud = new FakeApsaraStack(clock);
        return new SimulatedCloud<>(
                ApsaraProvider.ID,
                cloud,
                cloud.images(),
                new AccessKey(FakeEcsAccount.KEY_ID, FakeEcsAccount.SECRET, null),
                new ApsaraImageRequest(
                        "cn-qingdao-env17-d01",
                        NAME,
                        DESCRIPTION,
                        FakeEcsAccount.INSTANCE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                Map.of(
                        ApsaraSettings.GATEWAY,
                        ApsaraSettings.Gateway.POP.id(),
                        ApsaraSettings.ORGANIZATION,
                        FakeApsaraStack.ORGANIZATION));
    }

    /** Alibaba Cloud ENS, which keeps no description. */
    public static SimulatedCloud<FakeAlibabaEns> alibabaEns(Clock clock) {
        FakeAlibabaEns cloud = new FakeAlibabaEns(clock);
        return new SimulatedCloud<>(
                EnsProvider.ID,
                cloud,
                cloud.images(),
                new AccessKey(FakeAlibabaEns.KEY_ID, FakeAlibabaEns.SECRET, null),
                new EnsImageRequest(NAME, FakeAlibabaEns.INSTANCE, null, false, false, null));
    }

    /** Public Alibaba Cloud ECS, whose images can be used half a minute after they are done. */
    public static SimulatedCloud<FakeAlibabaEcs> alibabaEcs(Clock clock) {
        FakeAlibabaEcs cloud = new FakeAlibabaEcs(clock);
        return new SimulatedCloud<>(
                EcsProvider.ID,
                cloud,
                cloud.images(),
                new AccessKey(FakeEcsAccount.KEY_ID, FakeEcsAccount.SECRET, null),
                new EcsImageRequest(
                        "cn-hangzhou",
                        NAME,
                        DESCRIPTION,
                        FakeEcsAccount.INSTANCE,
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
                        null,
                        false));
    }

    /** The instances of the account. */
    public FakeInstances instances() {
        return ((FakeAccount) cloud).instances();
    }

    /** One fake of each cloud but the last, which is slower. */
    public static List<SimulatedCloud<?>> all(Clock clock) {
        List<SimulatedCloud<?>> all =
                List.of(jdCloud(clock), tencentCloud(clock), qcloud(clock), apsaraStack(clock), alibabaEns(clock));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).images().numberFrom((i + 1) * IDS_PER_CLOUD);
        }
        return all;
    }

    /** One fake of each cloud. */
    public static List<SimulatedCloud<?>> every(Clock clock) {
        List<SimulatedCloud<?>> every = new ArrayList<>(all(clock));
        SimulatedCloud<?> last = alibabaEcs(clock);
        every.add(last);
        last.images().numberFrom(every.size() * IDS_PER_CLOUD);
        return every;
    }
}

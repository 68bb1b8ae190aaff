package io.jenkins.plugins.cloudimage.core.creation;

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
import io.jenkins.plugins.cloudimage.simulator.FakeAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEns;
import io.jenkins.plugins.cloudimage.simulator.FakeApsaraStack;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The clouds for tests of the engine: each has an account and a request for an image of one of its instances. */
public enum TestCloud {
    JD_CLOUD(
            JdCloudProvider.ID,
            "cn-north-1",
            clock -> {
                FakeJdCloud fake = new FakeJdCloud(clock);
                fake.allowImages(Integer.MAX_VALUE);
                return account(fake, fake::snapshots, FakeJdCloud.ACCESS_KEY, FakeJdCloud.SECRET_KEY);
            },
            (name, instance) -> new JdCloudImageRequest("cn-north-1", name, null, instance, null)),
    TENCENT(
            TencentProvider.ID,
            "ap-guangzhou",
            clock -> tencent(new FakeTencentCloud(clock)),
            (name, instance) -> tencent("ap-guangzhou", name, instance)),
    TENCENT_WITHOUT_ID(
            TencentProvider.ID,
            "ap-guangzhou",
            clock -> {
                FakeTencentCloud fake = new FakeTencentCloud(clock);
                fake.nameNoId();
                return tencent(fake);
            },
            (name, instance) -> tencent("ap-guangzhou", name, instance)),
    QCLOUD(
            QcloudProvider.ID,
            "ap-guangzhou",
            clock -> {
                FakeQcloud fake = new FakeQcloud(clock);
                fake.allowImages(Integer.MAX_VALUE);
                return account(fake, Set::of, FakeQcloud.SECRET_ID, FakeQcloud.SECRET_KEY);
            },
            (name, instance) -> new QcloudImageRequest("ap-guangzhou", name, null, instance)),
    APSARA_STACK(
            ApsaraProvider.ID,
            "cn-qingdao-env17-d01",
            clock -> ecs(new FakeApsaraStack(clock)),
            (name, instance) -> new ApsaraImageRequest(
                    "cn-qingdao-env17-d01", name, null, instance, null, null, null, null, null, null)),
    ALIBABA_ENS(
            EnsProvider.ID,
            EnsProvider.REGION,
            clock -> {
                FakeAlibabaEns fake = new FakeAlibabaEns(clock);
                fake.allowImages(Integer.MAX_VALUE);
                return account(fake, Set::of, FakeAlibabaEns.KEY_ID, FakeAlibabaEns.SECRET);
            },
            (name, instance) -> new EnsImageRequest(name, instance, null, false, false, null)),
    ALIBABA_ECS(
            EcsProvider.ID,
            "cn-hangzhou",
            clock -> ecs(new FakeAlibabaEcs(clock)),
            (name, instance) -> new EcsImageRequest(
                    "cn-hangzhou",
                    name,
                    null,
                    instance,
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

    /** The cloud's id. */
    public final String id;

    /** The region of its images. */
    public final String region;

    private final Function<Clock, Account> accounts;
    private final BiFunction<String, String, ImageRequest> requests;

    TestCloud(
            String id,
            String region,
            Function<Clock, Account> accounts,
            BiFunction<String, String, ImageRequest> requests) {
        this.id = id;
        this.region = region;
        this.accounts = accounts;
        this.requests = requests;
    }

    /**
     * A fake cloud with what is in it.
     *
     * @param snapshots the ids of the images that still have a snapshot; empty if the cloud's API does not list
     *     snapshots
     */
    public record Account(FakeAccount fake, Supplier<Set<String>> snapshots, AccessKey key) {
        /** The account's images. */
        public FakeImages images() {
            return fake.images();
        }

        /** The account's instances. */
        public FakeInstances instances() {
            return fake.instances();
        }
    }

    /** The longest pause between two creations that leaves the account within its rate of calls. */
    Duration pace() {
        return this == QCLOUD ? Duration.ofSeconds(40) : Duration.ofSeconds(3);
    }

    /** The settings of the cloud's endpoint. */
    public Map<String, String> settings() {
        return this == APSARA_STACK ? Map.of(ApsaraSettings.GATEWAY, "pop") : Map.of();
    }

    /** An account with its instances. */
    public Account account(Clock clock) {
        return accounts.apply(clock);
    }

    /** A request for an image of an instance. */
    public ImageRequest request(String name, String instance) {
        return requests.apply(name, instance);
    }

    private static Account account(FakeAccount fake, Supplier<Set<String>> snapshots, String keyId, String secret) {
        return new Account(fake, snapshots, new AccessKey(keyId, secret, null));
    }

    private static Account tencent(FakeTencentCloud fake) {
        fake.allowImages(Integer.MAX_VALUE);
        return account(fake, fake::snapshots, FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY);
    }

    private static Account ecs(FakeEcsAccount fake) {
        fake.allowImages(Integer.MAX_VALUE);
        return account(
                fake,
                () -> fake.snapshots().stream()
                        .map(id -> "m-" + id.substring(2))
                        .collect(Collectors.toSet()),
                FakeEcsAccount.KEY_ID,
                FakeEcsAccount.SECRET);
    }

    private static ImageRequest tencent(String region, String name, String instance) {
        return new TencentImageRequest(region, name, null, instance, null, false, false, null, false);
    }
}

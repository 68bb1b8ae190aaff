package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.ecs.EcsProvider;
import io.jenkins.plugins.cloudimage.core.ens.EnsProvider;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudProvider;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEns;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Clock;
import java.time.Duration;

/** An account of the simulator, which checks signatures and keeps the documented limits. */
record FakeAccount(String cloud, String region, FakeCloud fake, FakeImages images, AccessKey key) {

    /** Whose account it is. */
    enum Kind {
        JD("JD"),
        TENCENT("Tencent"),
        /** Its images can be used half a minute after they are there, which the cloud tells. */
        ECS("ECS", Duration.ofSeconds(30)),
        ENS("ENS"),
        QCLOUD("QCloud");

        private final String title;
        final Duration usableAfter;

        Kind(String title) {
            this(title, Duration.ZERO);
        }

        Kind(String title, Duration usableAfter) {
            this.title = title;
            this.usableAfter = usableAfter;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static FakeAccount of(Kind kind, Clock clock) {
        return switch (kind) {
            case JD -> {
                FakeJdCloud fake = new FakeJdCloud(clock);
                yield of(
                        JdCloudProvider.ID,
                        "cn-north-1",
                        fake,
                        fake.images(),
                        FakeJdCloud.ACCESS_KEY,
                        FakeJdCloud.SECRET_KEY);
            }
            case TENCENT -> {
                FakeTencentCloud fake = new FakeTencentCloud(clock);
                yield of(
                        TencentProvider.ID,
                        "ap-guangzhou",
                        fake,
                        fake.images(),
                        FakeTencentCloud.SECRET_ID,
                        FakeTencentCloud.SECRET_KEY);
            }
            case ECS -> {
                FakeAlibabaEcs fake = new FakeAlibabaEcs(clock);
                yield of(
                        EcsProvider.ID,
                        "cn-hangzhou",
                        fake,
                        fake.images(),
                        FakeAlibabaEcs.KEY_ID,
                        FakeAlibabaEcs.SECRET);
            }
            case ENS -> {
                FakeAlibabaEns fake = new FakeAlibabaEns(clock);
                yield of(
                        EnsProvider.ID,
                        EnsProvider.REGION,
                        fake,
                        fake.images(),
                        FakeAlibabaEns.KEY_ID,
                        FakeAlibabaEns.SECRET);
            }
            case QCLOUD -> {
                FakeQcloud fake = new FakeQcloud(clock);
                yield of(
                        QcloudProvider.ID,
                        "ap-guangzhou",
                        fake,
                        fake.images(),
                        FakeQcloud.SECRET_ID,
                        FakeQcloud.SECRET_KEY);
            }
        };
    }

    private static FakeAccount of(
            String cloud, String region, FakeCloud fake, FakeImages images, String keyId, String secret) {
        return new FakeAccount(cloud, region, fake, images, new AccessKey(keyId, secret, null));
    }

    CloudConnection connection(FakeServer server) {
        return new CloudConnection(cloud, server.endpoint(), region, key);
    }
}

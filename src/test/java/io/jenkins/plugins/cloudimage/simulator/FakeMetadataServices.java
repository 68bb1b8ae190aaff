package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.InstanceRole;
import java.util.List;

/** The fake metadata services of instances in the fake clouds' accounts. */
public final class FakeMetadataServices {
    /** The ids of the clouds whose calls an instance's role signs. */
    public static final List<String> CLOUDS = List.of("tencentCloud", "alibabaEns", "alibabaEcs", "qcloud");

    private FakeMetadataServices() {}

    /**
     * A service.
     *
     * @param host where the real one is
     */
    public record Of(InstanceRole.Platform platform, FakeCloud fake, FakeInstanceRole role, String host) {}

    /** The service of an instance in an account. */
    public static Of of(FakeCloud cloud) {
        if (cloud instanceof FakeTencentCloud tencent) {
            return of(tencent.metadata());
        }
        if (cloud instanceof FakeQcloud qcloud) {
            return of(qcloud.metadata());
        }
        FakeAlibabaMetadata fake =
                cloud instanceof FakeEcsAccount ecs ? ecs.metadata() : ((FakeAlibabaEns) cloud).metadata();
        return new Of(InstanceRole.Platform.ALIBABA, fake, fake.role(), "100.100.100.200");
    }

    private static Of of(FakeTencentMetadata fake) {
        return new Of(InstanceRole.Platform.TENCENT, fake, fake.role(), "metadata.tencentyun.com");
    }
}

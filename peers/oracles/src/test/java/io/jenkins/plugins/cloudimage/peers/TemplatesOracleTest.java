package io.jenkins.plugins.cloudimage.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clouds' SDKs list launch templates and scaling configurations at our fakes. */
class TemplatesOracleTest {
    private static final int VERSIONS = 40;

    @Test
    void tencentsSdkListsThem() throws Exception {
        FakeTencentCloud cloud = new FakeTencentCloud(Clock.systemUTC());
        assertLists(
                SdkLoader.load("tencent", "TencentSdk"),
                cloud,
                FakeTencentCloud.SECRET_ID,
                FakeTencentCloud.SECRET_KEY,
                "UnauthorizedOperation");
    }

    @Test
    void alibabasSdkListsThem() throws Exception {
        FakeAlibabaEcs cloud = new FakeAlibabaEcs(Clock.systemUTC());
        assertLists(
                SdkLoader.load("alibaba", "AlibabaSdk$Rpc"),
                cloud,
                FakeEcsAccount.KEY_ID,
                FakeEcsAccount.SECRET,
                "Forbidden.RAM");
    }

    @Test
    void jdCloudsSdkListsThem() throws Exception {
        FakeJdCloud cloud = new FakeJdCloud(Clock.systemUTC());
        assertLists(
                SdkLoader.load("jdcloud", "JdCloudSdk"),
                cloud,
                FakeJdCloud.ACCESS_KEY,
                FakeJdCloud.SECRET_KEY,
                "HTTP_FORBIDDEN");
    }

    private static void assertLists(Sdk sdk, FakeTemplates.Account cloud, String id, String secret, String refusal)
            throws Exception {
        FakeCloud service = cloud.scalingService();
        List<String> expected = new ArrayList<>();
        for (int version = 1; version <= (service == null ? 1 : VERSIONS); version++) {
            cloud.templates().addVersion("lt-1", "img-" + version);
            expected.add("lt-1 " + version + " img-" + version);
        }
        cloud.templates().addVersion("lt-2", "img-x");
        expected.add("lt-2 1 img-x");
        if (service != null) {
            cloud.templates().configure("asc-1", "img-y");
            expected.add("asc-1 img-y");
        }
        try (FakeServer server = new FakeServer(cloud);
                FakeServer scaling = service == null ? null : new FakeServer(service)) {
            String address = server.endpoint().getAuthority();
            String scalingAddress = scaling == null ? null : scaling.endpoint().getAuthority();

            assertEquals(expected, sdk.templates(address, scalingAddress, id, secret));
            cloud.templates().deny(true);
            Exception refused = assertThrows(Exception.class, () -> sdk.templates(address, scalingAddress, id, secret));
            assertTrue(refused.toString().contains(refusal), refused.toString());
        }
    }
}

package io.jenkins.plugins.cloudimage.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaMetadata;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentMetadata;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The clouds' SDKs read keys of an instance's role from our fakes, and make images with them. The SDKs know only the real
 * addresses of the metadata services, so the fakes stand there as a proxy.
 */
class MetadataOracleTest {
    private final ProxySelector before = ProxySelector.getDefault();

    @AfterEach
    void removeTheProxy() {
        ProxySelector.setDefault(before);
    }

    private static void standAt(FakeServer metadata) {
        URI address = metadata.endpoint();
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress(address.getHost(), address.getPort())));
    }

    @Test
    void tencentsSdkReadsAKey() throws Exception {
        FakeTencentCloud cloud = new FakeTencentCloud(Clock.systemUTC());
        FakeTencentMetadata metadata = cloud.metadata();
        Sdk sdk = SdkLoader.load("tencent", "TencentSdk");
        try (FakeServer server = new FakeServer(metadata);
                FakeServer cloudServer = new FakeServer(cloud)) {
            standAt(server);
            List<String> key = sdk.instanceRole(FakeTencentMetadata.ROLE);
            removeTheProxy();

            sdk.connect(cloudServer.endpoint().getAuthority(), key.get(0), key.get(1), key.get(2))
                    .create("ins-6pb6lrmy", "web-1", "by the SDK");

            assertEquals(1, cloud.images().all().size());
        }
    }

    @Test
    void alibabasSdkReadsAKeyInHardenedMode() throws Exception {
        FakeAlibabaEcs cloud = new FakeAlibabaEcs(Clock.systemUTC());
        FakeAlibabaMetadata metadata = cloud.metadata();
        metadata.demandTokens();
        try (FakeServer server = new FakeServer(metadata);
                FakeServer cloudServer = new FakeServer(cloud)) {
            standAt(server);
            List<String> key = SdkLoader.load("alibaba-tea", "TeaSdk").instanceRole(null);
            removeTheProxy();

            assertEquals("PUT /latest/api/token", server.calls().get(0));
            SdkLoader.load("alibaba", "AlibabaSdk$Rpc")
                    .connect(cloudServer.endpoint().getAuthority(), key.get(0), key.get(1), key.get(2))
                    .create(FakeEcsAccount.INSTANCE, "web-1", "by the SDK");
            assertEquals(1, cloud.images().all().size());
        }
    }

    @Test
    void alibabasSdkFallsBackUnlessItIsToldNotTo() throws Exception {
        FakeAlibabaMetadata metadata = new FakeAlibabaEcs(Clock.systemUTC()).metadata();
        metadata.knowNoTokens();
        try (FakeServer server = new FakeServer(metadata)) {
            standAt(server);

            assertEquals(
                    3,
                    SdkLoader.load("alibaba-tea", "TeaSdk$FallingBack")
                            .instanceRole(null)
                            .size());
            Exception refusal = assertThrows(
                    Exception.class,
                    () -> SdkLoader.load("alibaba-tea", "TeaSdk").instanceRole(null));
            assertTrue(refusal.toString().contains("IMDS v1 is disabled"), refusal.toString());
        }
    }

    @Test
    void anInstanceWithoutRoleIsToldAsTheSdkKnowsIt() {
        FakeAlibabaMetadata metadata = new FakeAlibabaEcs(Clock.systemUTC()).metadata();
        metadata.role().attach(null);
        try (FakeServer server = new FakeServer(metadata)) {
            standAt(server);

            Exception refusal = assertThrows(
                    Exception.class,
                    () -> SdkLoader.load("alibaba-tea", "TeaSdk").instanceRole(null));

            assertTrue(refusal.toString().contains("The role name was not found in the instance"), refusal.toString());
        }
    }

    /** By the documentation: 1 to 21600 seconds, and nothing that was forwarded. */
    @Test
    void tokensHaveTheDocumentedLimits() throws Exception {
        try (FakeServer server = new FakeServer(new FakeAlibabaEcs(Clock.systemUTC()).metadata())) {
            assertEquals(200, token(server, Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "1")));
            assertEquals(200, token(server, Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "21600")));
            assertEquals(400, token(server, Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "21601")));
            assertEquals(400, token(server, Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "0")));
            assertEquals(400, token(server, Map.of()));
            assertEquals(
                    403,
                    token(
                            server,
                            Map.of("X-aliyun-ecs-metadata-token-ttl-seconds", "60", "X-Forwarded-For", "10.0.0.1")));
        }
    }

    private static int token(FakeServer server, Map<String, String> headers) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) new URL(server.endpoint() + "/latest/api/token").openConnection();
        connection.setRequestMethod("PUT");
        headers.forEach(connection::setRequestProperty);
        connection.setDoOutput(true);
        connection.getOutputStream().write("".getBytes(StandardCharsets.UTF_8));
        return connection.getResponseCode();
    }
}

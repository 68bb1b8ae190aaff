package io.jenkins.plugins.cloudimage.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.peers.sdk.Sdk;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaSts;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import io.jenkins.plugins.cloudimage.simulator.FakeIdentityProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeJdSts;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.FakeRole;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentSts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clouds' SDKs assume roles at our fakes, ask who they are, and make images with what they get. */
class RolesOracleTest {
    @TempDir
    private Path folder;

    @Test
    void tencentsSdkAssumesARole() throws Exception {
        FakeTencentCloud cloud = new FakeTencentCloud(Clock.systemUTC());
        Sdk sdk = SdkLoader.load("tencent", "TencentSdk");

        assertAssumes(
                sdk,
                sdk,
                cloud,
                cloud.tokenService(),
                FakeTencentSts.ROLE,
                List.of(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, "ins-6pb6lrmy"));
        assertEquals(1, cloud.images().all().size());
    }

    @Test
    void alibabasSdkAssumesARole() throws Exception {
        FakeAlibabaEcs cloud = new FakeAlibabaEcs(Clock.systemUTC());

        assertAssumes(
                SdkLoader.load("alibaba", "AlibabaSdk$Sts"),
                SdkLoader.load("alibaba", "AlibabaSdk$Rpc"),
                cloud,
                cloud.tokenService(),
                FakeAlibabaSts.ROLE,
                List.of(FakeEcsAccount.KEY_ID, FakeEcsAccount.SECRET, FakeEcsAccount.INSTANCE));
        assertEquals(1, cloud.images().all().size());
    }

    /** The SDK's signer takes the token as it is, so it also signs one that was encoded before. */
    @Test
    void jdCloudsSdkAssumesARole() throws Exception {
        FakeJdCloud cloud = new FakeJdCloud(Clock.systemUTC());
        cloud.instances().addStopped("i-eumm9d8xvv");
        Sdk sdk = SdkLoader.load("jdcloud", "JdCloudSdk");
        try (FakeServer cloudServer = new FakeServer(cloud);
                FakeServer tokenServer = new FakeServer(cloud.tokenService())) {
            String address = tokenServer.endpoint().getAuthority();
            Map<String, String> role = Map.of("roleJrn", FakeJdSts.ROLE.name(), "roleSessionName", "sdk");

            List<String> key = sdk.assumeRole(address, FakeJdCloud.ACCESS_KEY, FakeJdCloud.SECRET_KEY, role);

            String encoded = Base64.getEncoder().encodeToString(key.get(2).getBytes(StandardCharsets.UTF_8));
            for (String token : List.of(key.get(2), encoded)) {
                sdk.connect(cloudServer.endpoint().getAuthority(), key.get(0), key.get(1), token)
                        .send(Map.of("instanceId", "i-eumm9d8xvv", "name", "web-1", "description", "by the SDK"));
            }
            assertEquals(2, cloud.images().all().size());
            sdk.connect(cloudServer.endpoint().getAuthority(), key.get(0), key.get(1), "another")
                    .send(Map.of("instanceId", "i-eumm9d8xvv", "name", "web-1", "description", "by the SDK"));
            assertEquals(2, cloud.images().all().size());
            Exception refusal = assertThrows(
                    Exception.class, () -> sdk.assumeRole(address, FakeJdCloud.ACCESS_KEY, "another", role));
            assertTrue(refusal.toString().contains("ACCESS_ERROR"), refusal.toString());
        }
    }

    /** API v2 has the same accounts and roles as API 3.0, and takes the token as a parameter. */
    @Test
    void tencentsSdksAssumeARoleForApiV2() throws Exception {
        FakeQcloud cloud = new FakeQcloud(Clock.systemUTC());

        assertAssumes(
                SdkLoader.load("tencent", "TencentSdk"),
                SdkLoader.load("qcloud", "QcloudSdk"),
                cloud,
                cloud.tokenService(),
                FakeTencentSts.ROLE,
                List.of(FakeQcloud.SECRET_ID, FakeQcloud.SECRET_KEY, FakeQcloud.STOPPED));
        assertEquals(1, cloud.images().all().size());
    }

    @Test
    void tencentsSdkAssumesARoleByAToken() throws Exception {
        assertAssumesByToken(
                SdkLoader.load("tencent", "TencentSdk"),
                new FakeTencentCloud(Clock.systemUTC()).tokenService(),
                FakeTencentSts.ROLE,
                FakeTencentSts.PROVIDER,
                "WebIdentityTokenError");
    }

    @Test
    void alibabasSdkAssumesARoleByAToken() throws Exception {
        assertAssumesByToken(
                SdkLoader.load("alibaba", "AlibabaSdk$Sts"),
                new FakeAlibabaEcs(Clock.systemUTC()).tokenService(),
                FakeAlibabaSts.ROLE,
                FakeAlibabaSts.PROVIDER,
                "AuthenticationFail.OIDCToken.Expired");
    }

    private void assertAssumesByToken(Sdk sdk, FakeCloud tokens, FakeRole role, String provider, String refusal)
            throws Exception {
        FakeIdentityProvider identities = new FakeIdentityProvider(Clock.systemUTC());
        Path valid = Files.writeString(folder.resolve("valid"), identities.token());
        Path expired = Files.writeString(
                folder.resolve("expired"),
                identities.token(
                        FakeIdentityProvider.TRUSTED + "web", FakeIdentityProvider.AUDIENCE, Duration.ofMinutes(-1)));
        try (FakeServer server = new FakeServer(tokens)) {
            String address = server.endpoint().getAuthority();

            assertEquals(
                    3, sdk.assumeRole(address, role.name(), provider, valid).size());
            Exception refused =
                    assertThrows(Exception.class, () -> sdk.assumeRole(address, role.name(), provider, expired));
            assertTrue(refused.toString().contains(refusal), refused.toString());
        }
    }

    /** The field that says what kind of identity it is. */
    private static String kind(Sdk service) {
        return service.getClass().getName().contains("Tencent") ? "Type" : "IdentityType";
    }

    private static void assertAssumes(
            Sdk service, Sdk images, FakeCloud cloud, FakeCloud tokens, FakeRole role, List<String> account)
            throws Exception {
        try (FakeServer cloudServer = new FakeServer(cloud);
                FakeServer tokenServer = new FakeServer(tokens)) {
            String address = tokenServer.endpoint().getAuthority();
            Map<String, String> parameters =
                    Map.of("RoleArn", role.name(), "RoleSessionName", "sdk", "ExternalId", role.externalId());

            List<String> key = service.assumeRole(address, account.get(0), account.get(1), parameters);

            assertEquals(
                    Set.of("RequestId", "AccountId", "Arn", "PrincipalId", "UserId", kind(service)),
                    service.identity(address, account.get(0), account.get(1), null)
                            .keySet());
            String assumed = service.identity(address, key.get(0), key.get(1), key.get(2))
                    .get("Arn");
            assertTrue(assumed.contains(":assumed-role/"), assumed);
            assertThrows(Exception.class, () -> service.identity(address, key.get(0), key.get(1), null));

            images.connect(cloudServer.endpoint().getAuthority(), key.get(0), key.get(1), key.get(2))
                    .create(account.get(2), "web-1", "by the SDK");
            Exception refusal = assertThrows(
                    Exception.class,
                    () -> service.assumeRole(
                            address,
                            account.get(0),
                            account.get(1),
                            Map.of("RoleArn", role.name(), "RoleSessionName", "sdk", "ExternalId", "another")));
            String text = refusal.toString();
            assertTrue(text.contains("NoPermission") || text.contains("UnauthorizedOperation"), text);
        }
    }
}

package io.jenkins.plugins.cloudimage.core.apsara;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CreateAnswer;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.DiskDeviceMapping;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiClientContract;
import io.jenkins.plugins.cloudimage.simulator.FakeApsaraStack;
import io.jenkins.plugins.cloudimage.simulator.FakeEcsAccount;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call over the POP endpoint, and what is different over the other gateways. */
class ApsaraClientTest extends EcsApiClientContract {
    private static final String REGION = "cn-qingdao-env17-d01";

    @Override
    protected FakeEcsAccount fake(Clock clock) {
        return new FakeApsaraStack(clock);
    }

    @Override
    protected Cloud cloud(URI endpoint, AccessKey key, Clock clock) {
        return connect(endpoint, key, clock, Map.of(ApsaraSettings.GATEWAY, "pop"));
    }

    private static Cloud connect(URI endpoint, AccessKey key, Clock clock, Map<String, String> settings) {
        return new ApsaraProvider(TestTransport.direct(), clock)
                .connect(new CloudConnection(ApsaraProvider.ID, endpoint, REGION, key, settings));
    }

    private Cloud over(String gateway) {
        return over(KEY, gateway);
    }

    private Cloud over(AccessKey key, String gateway) {
        return connect(
                server.endpoint(),
                key,
                time,
                Map.of(
                        ApsaraSettings.GATEWAY,
                        gateway,
                        ApsaraSettings.ORGANIZATION,
                        FakeApsaraStack.ORGANIZATION,
                        ApsaraSettings.RESOURCE_SET,
                        "42"));
    }

    @Override
    protected ImageRequest request(String name, String instanceId, String snapshotId) {
        return new ApsaraImageRequest(REGION, name, null, instanceId, snapshotId, null, null, null, null, null);
    }

    private static ApsaraImageRequest everything() {
        return new ApsaraImageRequest(
                REGION,
                "镜像-1",
                "夜间 & daily",
                INSTANCE,
                "s-1",
                List.of(
                        new DiskDeviceMapping("s-2", 40, "/dev/vda", "system"),
                        new DiskDeviceMapping(null, 2000, "/dev/vdb", "data")),
                "CentOS",
                "x86_64",
                "rg-1",
                List.of(new ImageTag("team", "web"), new ImageTag("empty", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pop", "asapi", "route"})
    void sendsEveryParameterOfThePage(String gateway) throws CloudException {
        over(gateway).create(everything(), "123e4567-e89b-12d3-a456-426655440000");

        Map<String, String> sent = new TreeMap<>(fake.creates().get(0));
        // Required by the page, in the one gateway that it describes.
        assertEquals(gateway.equals("route") ? REGION : null, sent.remove("regionId"));
        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("Architecture", "x86_64"),
                        Map.entry("ClientToken", "123e4567-e89b-12d3-a456-426655440000"),
                        Map.entry("Description", "夜间 & daily"),
                        Map.entry("DiskDeviceMapping.1.Device", "/dev/vda"),
                        Map.entry("DiskDeviceMapping.1.DiskType", "system"),
                        Map.entry("DiskDeviceMapping.1.Size", "40"),
                        Map.entry("DiskDeviceMapping.1.SnapshotId", "s-2"),
                        Map.entry("DiskDeviceMapping.2.Device", "/dev/vdb"),
                        Map.entry("DiskDeviceMapping.2.DiskType", "data"),
                        Map.entry("DiskDeviceMapping.2.Size", "2000"),
                        Map.entry("ImageName", "镜像-1"),
                        Map.entry("InstanceId", INSTANCE),
                        Map.entry("Platform", "CentOS"),
                        Map.entry("RegionId", REGION),
                        Map.entry("ResourceGroupId", "rg-1"),
                        Map.entry("SnapshotId", "s-1"),
                        Map.entry("Tag.1.Key", "team"),
                        Map.entry("Tag.1.Value", "web"),
                        Map.entry("Tag.2.Key", "empty"),
                        Map.entry("Tag.2.Value", ""))),
                sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asapi", "route"})
    void everyCallGoesOverEveryGateway(String gateway) throws CloudException {
        Cloud cloud = over(gateway);

        cloud.create(request("web-1"), "token");
        time.pass(Duration.ofMinutes(10));
        String id = cloud.findByName("web-1").get(0).id();
        assertEquals("Available", cloud.describe(List.of(id)).get(0).cloudState());
        String snapshot = cloud.snapshotsLeftBy(id).get(0);
        cloud.delete(id);
        time.pass(Duration.ofMinutes(1));
        cloud.deleteSnapshot(snapshot);
        assertEquals(List.of(), fake.snapshots());
        cloud.stop(INSTANCE);
        time.pass(Duration.ofMinutes(1));
        cloud.start(INSTANCE);
        cloud.powerState(INSTANCE);
        cloud.probe();
    }

    @Test
    void anAnswerWithARequestIdOnlyIsNoFailure() throws CloudException {
        CreateAnswer answer = over("route").create(request("web-1"), "token");

        assertNull(answer.imageId());
        assertTrue(answer.requestId().length() > 10);
        assertEquals(
                fake.images().all().get(0).id(),
                over("route").findByName("web-1").get(0).id());
    }

    @Test
    void a500ForAWrongKeyIsAnAuthenticationError() {
        CloudError error = error(
                () -> over(new AccessKey("LTAInobody", "secret", null), "asapi").create(request("web-1"), "token"));

        assertEquals(ErrorKind.AUTHENTICATION, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertEquals("asapi.server.request.parameter.accesskeyid.error", error.code());
        assertTrue(!error.text().contains("LTAInobody"), error.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"asapi", "route"})
    void everyGatewayTakesTemporaryKeys(String gateway) throws CloudException {
        fake.requireToken("session-token");

        over(new AccessKey(KEY.id(), KEY.secret(), "session-token"), gateway).probe();
        assertEquals(ErrorKind.AUTHENTICATION, error(over(gateway)::probe).kind());
    }

    @Test
    void anotherOrganizationIsAMatterOfPermission() {
        Cloud elsewhere = connect(
                server.endpoint(), KEY, time, Map.of(ApsaraSettings.GATEWAY, "pop", ApsaraSettings.ORGANIZATION, "1"));

        assertEquals(ErrorKind.PERMISSION, error(elsewhere::probe).kind());
    }

    @Test
    void aVersionThatTheInstallationDoesNotKnowIsToldAsSuch() {
        Cloud wrong = connect(
                server.endpoint(),
                KEY,
                time,
                Map.of(ApsaraSettings.GATEWAY, "asapi", ApsaraSettings.VERSION, "2016-01-01"));

        assertEquals(ErrorKind.INVALID_REQUEST, error(wrong::probe).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "POPP"})
    void withoutAGatewayNothingIsSent(String gateway) {
        Cloud nowhere = connect(server.endpoint(), KEY, time, Map.of(ApsaraSettings.GATEWAY, gateway));

        CloudError error = error(() -> nowhere.create(request("web-1"), "token"));

        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertTrue(error.advice().contains("pop, asapi, route"), error.advice());
        assertEquals(List.of(), server.calls());
    }

    @Test
    void noInstallationHasAnAddressThatCouldBeKnown() {
        ApsaraProvider provider = new ApsaraProvider(TestTransport.direct(), time);

        assertNull(provider.endpoint(REGION));
        assertNull(provider.console(REGION, "m-1"));
        assertEquals(List.of(), provider.regions());
    }
}

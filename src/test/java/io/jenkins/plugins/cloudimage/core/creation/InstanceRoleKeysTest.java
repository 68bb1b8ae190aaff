package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.http.DatedTransport;
import io.jenkins.plugins.cloudimage.core.http.MetadataRoute;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.roles.RoleTokens;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentMetadata;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creations with the role of the controller's own instance. */
class InstanceRoleKeysTest extends EngineTest {
    private static final Duration LIFETIME = Duration.ofMinutes(15);
    private static final String KEY = "GET /latest/meta-data/cam/security-credentials/image-builder";

    private FakeTencentMetadata metadata;
    private FakeServer service;
    /** What is told to be the account's id; nothing for a service that is out of reach. */
    private RoleTokens.Owners owners = key -> Optional.of("100000000001");

    @BeforeEach
    void useTheRole() {
        metadata = rig.tencent().metadata();
        metadata.role().issueFor(LIFETIME);
        service = new FakeServer(metadata);
        Clouds near = new Clouds(
                MetadataRoute.to(DatedTransport.by(rig.time), "metadata.tencentyun.com", service.endpoint()),
                rig.clock);
        InstanceRoleService roles = near.provider(rig.cloud.id).instanceRoles().orElseThrow();
        RoleTokens tokens = new RoleTokens(rig.clock);
        rig.connector = new CreationEngine.Connector() {
            @Override
            public CloudConnection connect(Creation creation) throws CloudException {
                return rig.connection(tokens.key(
                        new InstanceRole(InstanceRole.Platform.TENCENT, null, false), roles, key -> owners.of(key)));
            }

            @Override
            public void refused(CloudConnection connection) {
                tokens.drop(connection.key());
            }
        };
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aWaitOutlivesThreeKeys() {
        rig.images().take(LIFETIME.multipliedBy(3).plusMinutes(5));

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        String account = AccessKey.ofRole("appid " + FakeTencentMetadata.APPID);
        assertEquals(Integer.toHexString(account.hashCode()), end.account());
        assertTrue(service.count(KEY) > 3, service.calls().toString());
        assertTrue(rig.tencent().issued().issued() > 3);
        // Not for each poll.
        assertTrue(service.count(KEY) < 40, "keys: " + service.count(KEY));
    }

    /** The account's id is not always told, so it must not decide which account a record belongs to. */
    @Test
    void aRecordIsKnownAgainThoughTheAccountsIdIsToldOnlyAfterARestart() {
        owners = key -> Optional.empty();
        rig.images().take(LIFETIME.multipliedBy(2));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        owners = key -> Optional.of("100000000001");
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.count(CREATE));
    }

    @Test
    void aWaitSurvivesAPauseOfTheMetadataService() {
        rig.images().take(LIFETIME.multipliedBy(2));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        metadata.role().fail("InternalError");
        rig.time.pass(LIFETIME.plusMinutes(5));
        metadata.role().fail(null);

        assertOneImage(rig.finish(creation));
    }
}

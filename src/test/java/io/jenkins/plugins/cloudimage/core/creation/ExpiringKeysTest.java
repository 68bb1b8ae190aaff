package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.roles.RoleTokens;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wait with the temporary keys of a role, which are as short as each cloud makes them, outlives several of them. */
class ExpiringKeysTest {
    private static final int INSTANCES_ARE_STOPPED = 10;

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private static Duration shortest(TestCloud cloud) {
        return cloud == TestCloud.JD_CLOUD ? Duration.ofHours(1) : Duration.ofMinutes(15);
    }

    @ParameterizedTest
    @EnumSource(names = {"JD_CLOUD", "TENCENT", "QCLOUD", "ALIBABA_ENS", "ALIBABA_ECS"})
    void aWaitOutlivesThreeKeys(TestCloud cloud) throws Exception {
        Duration lifetime = shortest(cloud);
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            FakeTokenServices.Of service = FakeTokenServices.of(rig.account.fake());
            RoleService roles = rig.clouds.provider(cloud.id).roles().orElseThrow();
            RoleTokens tokens = new RoleTokens(rig.clock);
            try (FakeServer server = new FakeServer(service.fake())) {
                CloudRole role =
                        new CloudRole(service.role().name(), service.role().externalId(), null, lifetime, "jenkins");
                RoleGrant grant = new RoleGrant(cloud.id, server.endpoint(), null, rig.account.key(), role);
                rig.connector = new CreationEngine.Connector() {
                    @Override
                    public CloudConnection connect(Creation creation) throws CloudException {
                        return rig.connection(tokens.key(grant, roles));
                    }

                    @Override
                    public void refused(CloudConnection connection) {
                        tokens.drop(connection.key());
                    }
                };
                String instance = rig.account.instances().all().keySet().stream()
                        .sorted()
                        .findFirst()
                        .orElseThrow();
                if (rig.stoppedSource()) {
                    rig.account.instances().addStopped(instance);
                    rig.time.pass(Duration.ofMinutes(INSTANCES_ARE_STOPPED));
                }
                rig.images().take(lifetime.multipliedBy(3).plusMinutes(5));
                Creation creation = rig.plan(cloud.request("web-1", instance), lifetime.multipliedBy(4));
                rig.run(creation);

                Creation end = rig.finish(creation);

                assertEquals(Outcome.READY, end.outcome(), end.toString());
                assertEquals(1, rig.imageIds().size());
                long keys = server.count(service.withKey());
                assertTrue(keys > 3 && keys < 30, "keys: " + keys);
                String account = roles.account(service.role().name()).orElseThrow();
                assertEquals(Integer.toHexString(AccessKey.ofRole(account).hashCode()), end.account());
            }
        }
    }
}

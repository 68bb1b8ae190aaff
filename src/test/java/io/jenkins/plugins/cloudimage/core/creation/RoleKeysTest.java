package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.RoleCaller;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
import io.jenkins.plugins.cloudimage.core.roles.RoleTokens;
import io.jenkins.plugins.cloudimage.simulator.FakeIdentityProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentSts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Waits with temporary keys of a role, which expire meanwhile. */
class RoleKeysTest extends EngineTest {
    private static final Duration LIFETIME = Duration.ofMinutes(15);

    private FakeServer service;
    /** When the cloud was asked about images. */
    private final List<Instant> polls = new ArrayList<>();

    @BeforeEach
    void assumeARole() {
        service = new FakeServer(rig.tencent().tokenService());
        rig.onRequest = action -> {
            if (action.equals(FIND_OR_POLL)) {
                polls.add(rig.time.instant());
            }
        };
        assume(EngineRig.KEY, FakeTencentSts.ROLE.externalId());
    }

    private void assume(RoleCaller caller, String externalId) {
        assume(creation -> caller, externalId);
    }

    private void assume(Function<Creation, RoleCaller> callers, String externalId) {
        RoleTokens tokens = new RoleTokens(rig.clock);
        rig.connector = new CreationEngine.Connector() {
            @Override
            public CloudConnection connect(Creation creation) throws CloudException {
                RoleGrant grant = new RoleGrant(
                        rig.cloud.id,
                        service.endpoint(),
                        null,
                        callers.apply(creation),
                        new CloudRole(FakeTencentSts.ROLE.name(), externalId, null, LIFETIME, "jenkins"));
                return rig.connection(tokens.key(
                        grant, rig.clouds.provider(rig.cloud.id).roles().orElseThrow()));
            }

            @Override
            public void refused(CloudConnection connection) {
                tokens.drop(connection.key());
            }
        };
    }

    @AfterEach
    void stopTheService() {
        service.close();
    }

    @Test
    void aWaitOutlivesThreeKeysAndNoPollIsLostOrRepeated() {
        rig.images().take(LIFETIME.multipliedBy(3).plusMinutes(5));

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(1, rig.count(CREATE));
        assertTrue(
                rig.tencent().issued().issued() > 3,
                "keys: " + rig.tencent().issued().issued());
        assertEquals(service.count("AssumeRole"), rig.tencent().issued().issued());
        for (int i = 2; i < polls.size(); i++) {
            Duration pause = Duration.between(polls.get(i - 1), polls.get(i));
            assertTrue(pause.compareTo(EngineRig.POLL.plusSeconds(1)) <= 0, "no poll for " + pause);
            assertTrue(pause.compareTo(Duration.ofSeconds(1)) > 0, "polls after " + pause);
        }
    }

    @Test
    void aWaitOutlivesThreeKeysOfAnIdentityWhoseTokensAreShorterStill() {
        FakeIdentityProvider provider = new FakeIdentityProvider(rig.time);
        assume(new WebIdentity(FakeTencentSts.PROVIDER, "build 1", provider::token), null);
        rig.images().take(LIFETIME.multipliedBy(3).plusMinutes(5));

        assertOneImage(rig.finish(rig.start("web-1")));

        assertEquals(1, rig.count(CREATE));
        assertTrue(provider.issued() > 3, "tokens: " + provider.issued());
        assertEquals(provider.issued(), service.count("AssumeRoleWithWebIdentity"));
        assertEquals(0, service.count("AssumeRole"));
    }

    @Test
    void waitsWithOneRoleShareTheirPollsAndTheirKeys() {
        rig.images().take(LIFETIME.multipliedBy(3));
        Creation one = rig.start("web-1");
        Creation other = rig.start("web-2");
        rig.finish(one);
        int shared = polls.size();
        rig.finish(other);

        assertEquals(Outcome.READY, rig.saved(one).outcome());
        assertEquals(Outcome.READY, rig.saved(other).outcome());
        // Every image is looked for by its name, before it is made; all else is shared.
        assertTrue(shared <= alone() + 6, shared + " polls for both");
        assertEquals(2, rig.count(CREATE));
    }

    @Test
    void buildsWithKeysOfTheirOwnShareTheirPolls() {
        FakeIdentityProvider provider = new FakeIdentityProvider(rig.time);
        assume(
                creation ->
                        new WebIdentity(FakeTencentSts.PROVIDER, creation.key().toString(), provider::token),
                null);
        rig.images().take(LIFETIME.multipliedBy(3));
        Creation one = rig.start("web-1");
        Creation other = rig.start("web-2");
        rig.finish(one);
        int shared = polls.size();
        rig.finish(other);

        assertEquals(Outcome.READY, rig.saved(one).outcome());
        assertEquals(Outcome.READY, rig.saved(other).outcome());
        assertTrue(shared <= alone() + 6, shared + " polls for both");
        assertTrue(provider.issued() > 6, "tokens: " + provider.issued());
    }

    /** The polls of one image. */
    private long alone() {
        return LIFETIME.multipliedBy(3).dividedBy(EngineRig.POLL.multipliedBy(2).dividedBy(5)) + 2;
    }

    @Test
    void keysThatAreRevokedAreReplacedAtOnce() {
        rig.images().take(Duration.ofMinutes(10));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(2));
        rig.tencent().issued().revoke();

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.count(CREATE));
    }

    @Test
    void theRecordKeepsTheAccountAndNotTheKey() {
        rig.images().take(LIFETIME.multipliedBy(2));

        Creation end = rig.finish(rig.start("web-1"));

        assertEquals(Integer.toHexString(AccessKey.ofRole("100000000001").hashCode()), end.account());
    }

    @Test
    void aWaitGoesOnWithANewKeyAfterARestart() {
        rig.images().take(LIFETIME.multipliedBy(2));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(1));
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.count(CREATE));
    }
}

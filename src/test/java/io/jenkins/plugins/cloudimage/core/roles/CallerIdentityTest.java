package io.jenkins.plugins.cloudimage.core.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.http.DatedTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The call that says who a key is, for each cloud whose security token service has it. */
class CallerIdentityTest {
    private static final String WHO_AM_I = "GetCallerIdentity";

    private final VirtualTime time = new VirtualTime();

    static Stream<String> clouds() {
        return FakeTokenServices.WITH_IDENTITIES.stream();
    }

    /** A token service with the key of its account. */
    private final class World implements AutoCloseable {
        final FakeTokenServices.Of service;
        final FakeServer server;
        final AccessKey key;
        private final String cloud;

        World(String id) {
            SimulatedCloud<?> simulated = SimulatedCloud.every(time).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            cloud = id;
            service = FakeTokenServices.of(simulated.cloud());
            server = new FakeServer(service.fake());
            key = simulated.key();
        }

        RoleService roles(Clock clock) {
            return new Clouds(DatedTransport.by(time), clock)
                    .provider(cloud)
                    .roles()
                    .orElseThrow();
        }

        CallerIdentity identity(AccessKey caller) throws CloudException {
            return roles(time).identity(server.endpoint(), null, caller).orElseThrow();
        }

        CloudError refusal(AccessKey caller) {
            return assertThrows(CloudException.class, () -> identity(caller)).error();
        }

        /** A key of the role, which the default session policy restricts. */
        AccessKey temporary() throws CloudException {
            CloudRole role = new CloudRole(
                    service.role().name(), service.role().externalId(), null, Duration.ofHours(1), "jenkins-web");
            return roles(time)
                    .assume(new RoleGrant(cloud, server.endpoint(), null, key, role))
                    .key();
        }

        String account() {
            return roles(time).account(service.role().name()).orElseThrow();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aUserBelongsToItsAccount(String id) throws Exception {
        try (World world = new World(id)) {
            CallerIdentity user = world.identity(world.key);

            assertEquals(world.account(), user.account());
            assertTrue(user.name().matches("(acs:ram|qcs:):.*:(user|uin)/.+"), user.name());
            assertFalse(user.root());
            assertEquals(List.of(WHO_AM_I), world.server.calls());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theKeyOfAnAccountIsKnown(String id) throws Exception {
        try (World world = new World(id)) {
            FakeTokenServices.makeKeyRoot(world.service);

            CallerIdentity account = world.identity(world.key);

            assertTrue(account.root());
            assertEquals(world.account(), account.account());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aTemporaryKeyIsTheRoles(String id) throws Exception {
        try (World world = new World(id)) {
            AccessKey temporary = world.temporary();

            CallerIdentity role = world.identity(temporary);

            assertEquals(world.account(), role.account());
            assertTrue(role.name().contains(":assumed-role/"), role.name());
            assertFalse(role.root());

            time.pass(Duration.ofHours(1));
            assertEquals(ErrorKind.AUTHENTICATION, world.refusal(temporary).kind());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aWrongKeyIsToldAsOne(String id) {
        try (World world = new World(id)) {
            AccessKey wrong = new AccessKey(world.key.id(), "not-the-secret", null);

            CloudError error = world.refusal(wrong);

            assertEquals(ErrorKind.AUTHENTICATION, error.kind());
            assertFalse(error.text().contains("not-the-secret"), error.text());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsNoAnswerIsNotBelieved(String id) {
        for (Fault fault : List.of(Fault.BROKEN_JSON, Fault.BODY_CUT, Fault.GATEWAY_AFTER, Fault.LOSE_ANSWER)) {
            try (World world = new World(id)) {
                world.server.faults().next(WHO_AM_I, fault);

                assertEquals(ErrorKind.UNAVAILABLE, world.refusal(world.key).kind(), fault.toString());
            }
        }
        try (World world = new World(id)) {
            world.server.faults().next(WHO_AM_I, Fault.THROTTLED);

            assertEquals(ErrorKind.THROTTLED, world.refusal(world.key).kind());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aClockThatIsWrongIsCorrected(String id) throws Exception {
        try (World world = new World(id)) {
            RoleService late = world.roles(Clock.offset(time, Duration.ofHours(2)));

            assertEquals(
                    world.account(),
                    late.identity(world.server.endpoint(), null, world.key)
                            .orElseThrow()
                            .account());
        }
    }
}

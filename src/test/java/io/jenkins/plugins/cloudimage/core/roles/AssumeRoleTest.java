package io.jenkins.plugins.cloudimage.core.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.http.DatedTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeJdSts;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calls to the security token services, and the calls that their keys sign, for each cloud that has one. */
class AssumeRoleTest {
    private static final String ACCOUNT = "1234567890";
    private static final Duration LONG = Duration.ofHours(2);
    private static final List<String> WITHOUT = List.of("apsaraStack");

    private final VirtualTime time = new VirtualTime();
    private final Clouds clouds = new Clouds(DatedTransport.by(time), time);
    private final RoleTokens tokens = new RoleTokens(time);

    static Stream<String> clouds() {
        return FakeTokenServices.CLOUDS.stream();
    }

    /** A cloud with its service. */
    private final class World implements AutoCloseable {
        final SimulatedCloud<?> simulated;
        final FakeTokenServices.Of service;
        final CloudProvider provider;
        final FakeServer cloudServer;
        final FakeServer server;

        World(String id) {
            simulated = SimulatedCloud.every(time).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            service = FakeTokenServices.of(simulated.cloud());
            provider = clouds.provider(id);
            cloudServer = new FakeServer(simulated.cloud());
            server = new FakeServer(service.fake());
        }

        RoleService roles() {
            return provider.roles().orElseThrow();
        }

        RoleGrant grant(String role, String externalId, String policy, Duration duration) {
            return new RoleGrant(
                    simulated.id(),
                    server.endpoint(),
                    null,
                    simulated.key(),
                    new CloudRole(role, externalId, policy, duration, "jenkins"));
        }

        RoleGrant grant() {
            return grant(service.role().name(), service.role().externalId(), null, Duration.ofHours(1));
        }

        Cloud connect(AccessKey key) {
            return clouds.connect(new CloudConnection(
                    simulated.id(),
                    cloudServer.endpoint(),
                    simulated.request().region(),
                    key,
                    simulated.settings(),
                    null));
        }

        CloudError refusal(RoleGrant grant) {
            return assertThrows(CloudException.class, () -> tokens.key(grant, roles()))
                    .error();
        }

        @Override
        public void close() {
            cloudServer.close();
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aTemporaryKeyMakesAnImageAndTheDefaultPolicyAllowsAllCalls(String id) throws Exception {
        try (World world = new World(id)) {
            world.simulated.images().take(Duration.ZERO);
            AccessKey key = tokens.key(world.grant(), world.roles());
            assertEquals(time.instant().plus(Duration.ofHours(1)), key.session().expires());
            assertEquals(
                    world.roles().account(world.service.role().name()).orElseThrow(),
                    key.session().account());
            Cloud cloud = world.connect(key);

            cloud.probe();
            cloud.create(world.simulated.request(), "token");
            String image = cloud.findByName(world.simulated.request().imageName())
                    .get(0)
                    .id();
            cloud.share(image, List.of(ACCOUNT));
            assertEquals(List.of(ACCOUNT), cloud.sharedWith(image));
            cloud.unshare(image, List.of(ACCOUNT));
            cloud.quota();
            String instance = world.simulated.request().instanceId();
            boolean stopped = cloud.powerState(instance) == PowerState.STOPPED;
            for (boolean start : List.of(stopped, !stopped)) {
                if (start) {
                    cloud.start(instance);
                } else {
                    cloud.stop(instance);
                }
                time.pass(Duration.ofMinutes(10));
            }
            cloud.instancesUsing(image);
            cloud.delete(image);

            assertEquals(List.of(), world.simulated.images().all());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aPolicyOfTheCredentialReplacesTheDefault(String id) throws Exception {
        String statement = "{\"Effect\":\"Allow\",\"Action\":[\"%s\"],\"Resource\":\"*\"}";
        String policy =
                switch (id) {
                    case "tencentCloud", "qcloud" ->
                        "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":"
                                + "[\"name/cvm:StopInstances\"],\"resource\":[\"*\"]}]}";
                    case "jdCloud" ->
                        "{\"Version\":\"3\",\"Statement\":[" + statement.formatted("vm:stopInstance") + "]}";
                    default -> "{\"Version\":\"1\",\"Statement\":[" + statement.formatted("ecs:StopInstance") + "]}";
                };
        try (World world = new World(id)) {
            AccessKey key = tokens.key(
                    world.grant(
                            world.service.role().name(),
                            world.service.role().externalId(),
                            policy,
                            Duration.ofHours(1)),
                    world.roles());

            assertEquals(
                    ErrorKind.PERMISSION,
                    assertThrows(CloudException.class, () -> world.connect(key).probe())
                            .error()
                            .kind());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void anExpiredKeyIsRefusedByTheCloudAsAuthentication(String id) throws Exception {
        try (World world = new World(id)) {
            AccessKey key = tokens.key(world.grant(), world.roles());
            time.pass(Duration.ofHours(1));

            assertEquals(
                    ErrorKind.AUTHENTICATION,
                    assertThrows(CloudException.class, () -> world.connect(key).probe())
                            .error()
                            .kind());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void refusalsNameTheRoleAndTheWayOut(String id) {
        try (World world = new World(id)) {
            String wrong = "jenkins-2";
            if (world.service.fake() instanceof FakeJdSts jd) {
                jd.distrust();
                wrong = null;
            }
            CloudError trust =
                    world.refusal(world.grant(world.service.role().name(), wrong, null, Duration.ofHours(1)));
            assertEquals(ErrorKind.PERMISSION, trust.kind());
            assertTrue(trust.text().contains("trust policy"), trust.text());

            String other = world.service.role().name().replace("image-builder", "another");
            CloudError missing =
                    world.refusal(world.grant(other, world.service.role().externalId(), null, Duration.ofHours(1)));
            assertEquals(ErrorKind.INVALID_REQUEST, missing.kind());
            assertTrue(missing.text().contains("Check the role's name"), missing.text());
            assertTrue(missing.text().contains(other), missing.text());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aRoleOfAnotherCloudIsRefusedBeforeAnythingIsSent(String id) {
        try (World world = new World(id)) {
            CloudError error = world.refusal(world.grant("arn:aws:iam::1:role/x", null, null, Duration.ofHours(1)));

            assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
            assertTrue(error.text().contains(world.roles().example()), error.text());
            assertEquals(List.of(), world.server.calls());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void throttlingIsThrottling(String id) {
        try (World world = new World(id)) {
            world.server.faults().next(world.service.withKey(), Fault.THROTTLED);

            assertEquals(ErrorKind.THROTTLED, world.refusal(world.grant()).kind());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aBrokenResponseShowsNoPartOfAKey(String id) {
        for (Fault fault : List.of(Fault.BROKEN_JSON, Fault.BODY_CUT, Fault.GATEWAY_AFTER, Fault.LOSE_ANSWER)) {
            try (World world = new World(id)) {
                world.server.faults().next(world.service.withKey(), fault);

                CloudError error = world.refusal(world.grant());

                assertEquals(ErrorKind.UNAVAILABLE, error.kind(), fault.toString());
                assertFalse(error.text().contains("secret-of-temporary"), error.text());
                assertFalse(error.text().contains("token+of"), error.text());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aWrongSourceKeyIsToldAsOne(String id) {
        try (World world = new World(id)) {
            RoleGrant right = world.grant();
            RoleGrant wrong = new RoleGrant(
                    right.cloud(),
                    right.service(),
                    null,
                    new AccessKey(world.simulated.key().id(), "wrong-secret", null),
                    right.role());

            assertEquals(ErrorKind.AUTHENTICATION, world.refusal(wrong).kind());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aClockThatIsWrongIsCorrected(String id) throws Exception {
        try (World world = new World(id)) {
            Clouds late = new Clouds(DatedTransport.by(time), Clock.offset(time, Duration.ofHours(2)));

            assertEquals(
                    Duration.ofHours(1),
                    late.provider(id)
                            .roles()
                            .orElseThrow()
                            .assume(world.grant())
                            .lifetime());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theServiceIsPublicAndLeadsToNoMetadataService(String id) {
        try (World world = new World(id)) {
            assertEquals("https", world.roles().endpoint().getScheme());
            RoleGrant right = world.grant();
            for (String host : List.of("169.254.169.254", "100.100.100.200", "metadata.tencentyun.com")) {
                CloudError error = world.refusal(
                        new RoleGrant(right.cloud(), URI.create("http://" + host), null, right.source(), right.role()));

                assertEquals(ErrorKind.INVALID_REQUEST, error.kind(), error.text());
                assertTrue(error.text().contains("metadata service"), error.text());
            }
        }
        FakeCloud redirecting = new FakeCloud() {
            @Override
            public String action(Received request) {
                return "any";
            }

            @Override
            public Answer answer(Received request) {
                return new Answer(302, Map.of("Location", "http://169.254.169.254/"), new byte[0]);
            }

            @Override
            public Answer throttled() {
                return answer(null);
            }
        };
        try (World world = new World(id);
                FakeServer server = new FakeServer(redirecting)) {
            RoleGrant right = world.grant();

            CloudError error =
                    world.refusal(new RoleGrant(right.cloud(), server.endpoint(), null, right.source(), right.role()));

            assertEquals(ErrorKind.UNAVAILABLE, error.kind(), error.text());
        }
    }

    /** JD Cloud tells the end of a key without a time zone, so the duration counts, from before the call. */
    @Test
    void jdCloudsKeyLivesAsLongAsWasAskedForCountedFromBeforeTheCall() throws Exception {
        Duration slow = Duration.ofSeconds(40);
        FakeJdSts service = SimulatedCloud.jdCloud(time).cloud().tokenService();
        try (World world = new World("jdCloud");
                FakeServer late = new FakeServer(new LateCloud(service, time, slow))) {
            RoleGrant grant = world.grant(FakeJdSts.ROLE.name(), null, null, LONG);
            Instant before = time.instant();

            AccessKey key = tokens.key(
                    new RoleGrant(grant.cloud(), late.endpoint(), null, grant.source(), grant.role()), world.roles());

            assertEquals(before.plus(slow), time.instant());
            assertEquals(before.plus(LONG), key.session().expires());
        }
    }

    @Test
    void whatJdCloudDoesNotKnowIsRefusedBeforeAnythingIsSent() {
        try (World world = new World("jdCloud")) {
            String role = world.service.role().name();
            String long2047 = "{\"Version\":\"3\",\"Statement\":\"" + "镜".repeat(800) + "\"}";

            for (CloudError error : List.of(
                    assertTells("external id", world.refusal(world.grant(role, "jenkins-1", null, LONG))),
                    assertTells("3600", world.refusal(world.grant(role, null, null, Duration.ofSeconds(3599)))),
                    assertTells("2048 bytes", world.refusal(world.grant(role, null, long2047, LONG))))) {
                assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
            }
            assertEquals(List.of(), world.server.calls());
        }
    }

    /** Answers after a while. */
    private record LateCloud(FakeCloud cloud, VirtualTime time, Duration delay) implements FakeCloud {
        @Override
        public String action(Received request) {
            return cloud.action(request);
        }

        @Override
        public Answer answer(Received request) {
            Answer answer = cloud.answer(request);
            time.pass(delay);
            return answer;
        }

        @Override
        public Answer throttled() {
            return cloud.throttled();
        }
    }

    private static CloudError assertTells(String part, CloudError error) {
        assertTrue(error.text().contains(part), error.text());
        return error;
    }

    @Test
    void theOtherCloudsSayThatTheyHaveNone() {
        assertEquals(
                WITHOUT,
                clouds.all().stream()
                        .filter(cloud -> cloud.roles().equals(Optional.empty()))
                        .map(CloudProvider::id)
                        .toList());
    }
}

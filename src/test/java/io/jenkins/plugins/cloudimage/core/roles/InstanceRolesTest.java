package io.jenkins.plugins.cloudimage.core.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import io.jenkins.plugins.cloudimage.core.canary.EveryLog;
import io.jenkins.plugins.cloudimage.core.http.DatedTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.MetadataRoute;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaMetadata;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeMetadataServices;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Authenticator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of the role of the controller's own instance, from the metadata services of all clouds that have one. */
class InstanceRolesTest {
    private static final String ALIBABA_LIST = "GET /latest/meta-data/ram/security-credentials/";
    private static final String TENCENT_LIST = "GET /latest/meta-data/cam/security-credentials/";

    private final VirtualTime time = new VirtualTime();
    private final RoleTokens tokens = new RoleTokens(time);

    static Stream<String> clouds() {
        return FakeMetadataServices.CLOUDS.stream();
    }

    /** A cloud and the controller's instance in it. */
    private final class World implements AutoCloseable {
        final SimulatedCloud<?> simulated;
        final FakeMetadataServices.Of metadata;
        final FakeServer server;
        final FakeServer cloudServer;
        final Clouds clouds;
        /** What the service answers instead; null for what is right. */
        Answer instead;

        World(String id) {
            this(id, time);
        }

        World(String id, Clock clock) {
            simulated = SimulatedCloud.every(time).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            metadata = FakeMetadataServices.of(simulated.cloud());
            server = new FakeServer(new Replaceable());
            cloudServer = new FakeServer(simulated.cloud());
            // Nothing listens at this proxy.
            HttpTransport behindProxy = new HttpTransport(
                    ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)),
                    Authenticator.NONE,
                    "cloud-image-test");
            clouds = new Clouds(
                    MetadataRoute.to(DatedTransport.by(time, behindProxy), metadata.host(), server.endpoint()), clock);
        }

        private final class Replaceable implements FakeCloud {
            @Override
            public String action(Received request) {
                return metadata.fake().action(request);
            }

            @Override
            public Answer answer(Received request) {
                assertEquals("", request.header("X-Forwarded-For"));
                return instead == null ? metadata.fake().answer(request) : instead;
            }

            @Override
            public Answer throttled() {
                return metadata.fake().throttled();
            }
        }

        CloudProvider provider() {
            return clouds.provider(simulated.id());
        }

        InstanceRole role(String name) {
            return new InstanceRole(metadata.platform(), name, false);
        }

        AccessKey key(InstanceRole role) throws CloudException {
            return tokens.key(role, provider().instanceRoles().orElseThrow(), key -> Optional.empty());
        }

        CloudError refusal(InstanceRole role) {
            return assertThrows(CloudException.class, () -> key(role)).error();
        }

        String list() {
            return isTencents() ? TENCENT_LIST : ALIBABA_LIST;
        }

        boolean isTencents() {
            return metadata.platform() == InstanceRole.Platform.TENCENT;
        }

        /** The last of the calls for one key. */
        String last() {
            return list() + "image-builder";
        }

        @Override
        public void close() {
            server.close();
            cloudServer.close();
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void theRoleMakesAnImage(String id) throws Exception {
        try (World world = new World(id)) {
            AccessKey key = world.key(world.role(null));

            assertEquals(time.instant().plus(Duration.ofHours(6)), key.session().expires());
            String account = world.isTencents() ? "appid 1250000001" : "100000000000001";
            assertEquals(AccessKey.ofRole(account), key.account());
            Clouds direct = new Clouds(DatedTransport.by(time), time);
            direct.connect(new CloudConnection(
                            id,
                            world.cloudServer.endpoint(),
                            world.simulated.request().region(),
                            key,
                            world.simulated.settings()))
                    .create(world.simulated.request(), "token");
            assertEquals(1, world.simulated.images().all().size());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void itsKeysAreKeptAndRenewed(String id) throws Exception {
        try (World world = new World(id)) {
            AccessKey first = world.key(world.role(null));
            int calls = world.server.calls().size();
            for (int hour = 1; hour <= 5; hour++) {
                time.pass(Duration.ofHours(1));
                assertSame(first, world.key(world.role(null)));
            }
            assertEquals(calls, world.server.calls().size());

            time.pass(Duration.ofMinutes(45));
            AccessKey second = world.key(world.role(null));

            assertNotEquals(first, second);
            assertTrue(second.isNewerThan(first));
            assertEquals(first.session().grant(), second.session().grant());
            assertEquals(2 * calls, world.server.calls().size());
        }
    }

    @Test
    void alibabaIsAskedInHardenedModeFirst() throws Exception {
        try (World world = new World("alibabaEcs")) {
            ((FakeAlibabaMetadata) world.metadata.fake()).demandTokens();

            world.key(world.role(null));

            assertEquals(
                    List.of(
                            "PUT /latest/api/token",
                            "GET /latest/meta-data/owner-account-id",
                            ALIBABA_LIST,
                            ALIBABA_LIST + "image-builder"),
                    world.server.calls());
        }
    }

    @Test
    void withoutATokenThereIsNoFallBack() {
        try (World world = new World("alibabaEcs")) {
            ((FakeAlibabaMetadata) world.metadata.fake()).knowNoTokens();

            CloudError error = world.refusal(world.role(null));

            assertEquals(ErrorKind.AUTHENTICATION, error.kind());
            assertTrue(error.text().contains("hardened mode"), error.text());
            assertTrue(error.text().contains("allow the normal mode in the credential"), error.text());
            assertEquals(List.of("PUT /latest/api/token"), world.server.calls());
        }
    }

    @Test
    void theNormalModeIsUsedIfTheCredentialSaysSo() throws Exception {
        InstanceRole normal = new InstanceRole(InstanceRole.Platform.ALIBABA, "image-builder", true);
        try (World world = new World("alibabaEcs")) {
            FakeAlibabaMetadata metadata = (FakeAlibabaMetadata) world.metadata.fake();
            metadata.knowNoTokens();
            world.key(normal);
            assertTrue(
                    world.server.calls().stream().allMatch(call -> call.startsWith("GET ")),
                    world.server.calls().toString());

            metadata.demandTokens();
            time.pass(Duration.ofHours(6));
            CloudError error = world.refusal(normal);

            assertEquals(ErrorKind.AUTHENTICATION, error.kind());
            assertTrue(error.text().contains("Clear \"Normal mode\""), error.text());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aNameIsNotLookedUpAndNoOtherRoleIsTaken(String id) throws Exception {
        try (World world = new World(id)) {
            world.key(world.role("image-builder"));
            assertEquals(0, world.server.count(world.list()));

            CloudError error = world.refusal(world.role("another"));

            assertEquals(ErrorKind.AUTHENTICATION, error.kind());
            assertTrue(error.text().contains("does not have the role another"), error.text());
            assertTrue(error.text().contains("Attach the role"), error.text());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void anInstanceWithoutRoleIsToldAsOne(String id) {
        try (World world = new World(id)) {
            world.metadata.role().attach(null);
            CloudError none = world.refusal(world.role(null));
            assertEquals(ErrorKind.AUTHENTICATION, none.kind());
            assertTrue(none.text().contains("has no role"), none.text());
            assertTrue(none.text().contains("Attach the role"), none.text());

            world.metadata.role().attach("image-builder");
            world.metadata.role().fail("AssumeRoleFailed");
            CloudError failed = world.refusal(world.role(null));
            assertEquals(ErrorKind.AUTHENTICATION, failed.kind());
            assertTrue(failed.text().contains("AssumeRoleFailed"), failed.text());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void elsewhereThereIsNoSuchService(String id) {
        try (World world = new World(id)) {
            world.server.close();

            CloudError error = world.refusal(world.role(null));

            assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            assertTrue(error.text().contains("only if the Jenkins controller runs on an instance"), error.text());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aRedirectLeadsNowhere(String id) {
        try (World world = new World(id)) {
            world.instead = new Answer(
                    302, Map.of("Location", world.cloudServer.endpoint().toString()), new byte[0]);

            world.refusal(world.role(null));

            assertEquals(List.of(), world.cloudServer.calls());
        }
    }

    /** The way to the service is open for keys only. */
    @ParameterizedTest
    @MethodSource("clouds")
    void noOtherCallReachesTheService(String id) throws Exception {
        try (World world = new World(id)) {
            AccessKey key = world.key(world.role(null));
            List<String> before = world.server.calls();
            Cloud endpoint = world.clouds.connect(new CloudConnection(
                    id,
                    URI.create("http://" + world.metadata.host()),
                    world.simulated.request().region(),
                    key,
                    world.simulated.settings()));

            CloudError error =
                    assertThrows(CloudException.class, endpoint::probe).error();

            assertEquals(ErrorKind.INVALID_REQUEST, error.kind(), error.text());
            assertEquals(before, world.server.calls());
        }
    }

    /** What answers may be a page of a proxy, or an instance of another cloud. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>a page that is no name, no account and no key</html>",
                "../../../user-data",
                "one\ntwo",
                "{}",
                "{\"Code\":\"Success\"}",
                "[]"
            })
    void strangeAnswersGiveNoKeyAndAreNotQuoted(String body) {
        for (String id : FakeMetadataServices.CLOUDS) {
            try (World world = new World(id)) {
                world.instead = new Answer(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));

                CloudError error = world.refusal(world.role("image-builder"));

                assertTrue(
                        List.of(ErrorKind.UNAVAILABLE, ErrorKind.AUTHENTICATION).contains(error.kind()), error.text());
                assertFalse(error.text().contains("page that is"), error.text());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void noFailureShowsAPartOfAKey(String id) throws Exception {
        try (World world = new World(id);
                EveryLog log = new EveryLog()) {
            Canary canary = new Canary(world.key(world.role(null)));
            for (Fault fault : Fault.values()) {
                world.server.faults().next(world.last(), fault);
                // Nothing is cached.
                RoleTokens fresh = new RoleTokens(time);

                CloudException failure = assertThrows(
                        CloudException.class,
                        () -> fresh.key(
                                world.role(null),
                                world.provider().instanceRoles().orElseThrow(),
                                any -> Optional.empty()),
                        fault.toString());

                canary.assertNotIn(fault.toString(), failure);
                canary.assertNotIn(fault.toString(), failure.error().toString());
            }
            canary.assertNotIn("The log", log.text());
            canary.assertNotIn("The role", world.role(null).toString());
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aKeyWithAnOddCharacterIsNone(String id) {
        try (World world = new World(id)) {
            String fields = ("'Code':'Success','Expiration':'2026-01-02T09:04:05Z','ExpiredTime':1767344645,"
                            + "'AccessKeyId':'a\\nb','AccessKeySecret':'c','SecurityToken':'d',"
                            + "'TmpSecretId':'a','TmpSecretKey':'b\\nc','Token':'d'")
                    .replace('\'', '"');
            Answer key = new Answer(200, Map.of(), ("{" + fields + "}").getBytes(StandardCharsets.UTF_8));
            FakeCloud real = world.metadata.fake();
            try (FakeServer odd = new FakeServer(new FakeCloud() {
                @Override
                public String action(Received request) {
                    return real.action(request);
                }

                @Override
                public Answer answer(Received request) {
                    return request.uri().getPath().endsWith("image-builder") ? key : real.answer(request);
                }

                @Override
                public Answer throttled() {
                    return real.throttled();
                }
            })) {
                Clouds clouds = new Clouds(
                        MetadataRoute.to(DatedTransport.by(time), world.metadata.host(), odd.endpoint()), time);

                CloudError error = assertThrows(
                                CloudException.class,
                                () -> clouds.provider(id)
                                        .instanceRoles()
                                        .orElseThrow()
                                        .issue(world.role(null)))
                        .error();

                assertEquals(ErrorKind.UNAVAILABLE, error.kind());
            }
        }
    }

    /** The cloud's clock counts, as far as it is known. */
    @ParameterizedTest
    @MethodSource("clouds")
    void aWrongClockOfTheControllerDoesNotMatter(String id) throws Exception {
        try (World world = new World(id, Clock.offset(time, Duration.ofHours(2)))) {
            assertEquals(
                    Duration.ofHours(6),
                    world.provider()
                            .instanceRoles()
                            .orElseThrow()
                            .issue(world.role(null))
                            .key()
                            .lifetime());
        }
    }

    /** The metadata service tells the APPID only. */
    @Test
    void tencentsRoleHasTheLimitsOfItsAccountAndIsAskedOnceForIt() throws Exception {
        List<AccessKey> asked = new ArrayList<>();
        try (World world = new World("tencentCloud");
                FakeServer sts = new FakeServer(
                        FakeTokenServices.of(world.simulated.cloud()).fake())) {
            RoleService service = new Clouds(DatedTransport.by(time), time)
                    .provider("tencentCloud")
                    .roles()
                    .orElseThrow();
            RoleTokens.Owners owners = key -> {
                asked.add(key);
                return service.identity(sts.endpoint(), null, key).map(CallerIdentity::account);
            };
            InstanceRoleService metadata = world.provider().instanceRoles().orElseThrow();

            AccessKey first = tokens.key(world.role(null), metadata, owners);
            AccessKey second = first;
            for (int hour = 1; hour <= 6; hour++) {
                // Nothing is kept of a role that nobody needs for more than an hour.
                time.pass(Duration.ofHours(1));
                second = tokens.key(world.role(null), metadata, owners);
            }

            assertNotEquals(first, second);
            for (AccessKey key : List.of(first, second)) {
                // As a role that a key assumes in the same account.
                assertEquals(AccessKey.ofRole("100000000001"), key.limitedAs());
                assertEquals(AccessKey.ofRole("appid 1250000001"), key.account());
            }
            assertEquals(1, asked.size());
        }
    }

    @Test
    void anAccountThatIsNotToldFailsNothingAndIsAskedForWithTheNextKey() throws Exception {
        int[] calls = new int[1];
        RoleTokens.Owners owners = key -> {
            if (calls[0]++ == 0) {
                throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                        .message("no route")
                        .exception();
            }
            return Optional.of("100000000001");
        };
        try (World world = new World("tencentCloud")) {
            InstanceRoleService metadata = world.provider().instanceRoles().orElseThrow();

            AccessKey first = tokens.key(world.role(null), metadata, owners);
            assertSame(first, tokens.key(world.role(null), metadata, owners));
            AccessKey second = first;
            for (int hour = 1; hour <= 6; hour++) {
                // Nothing is kept of a role that nobody needs for more than an hour.
                time.pass(Duration.ofHours(1));
                second = tokens.key(world.role(null), metadata, owners);
            }

            assertEquals(first.account(), first.limitedAs());
            assertEquals(AccessKey.ofRole("100000000001"), second.limitedAs());
            // The stored hash does not flip.
            assertEquals(first.account(), second.account());
        }
    }

    @Test
    void alibabasMetadataServiceTellsTheAccountAndNobodyElseIsAsked() throws Exception {
        try (World world = new World("alibabaEcs")) {
            AccessKey key = tokens.key(
                    world.role(null), world.provider().instanceRoles().orElseThrow(), any -> {
                        throw new AssertionError("asked");
                    });

            assertEquals(AccessKey.ofRole("100000000000001"), key.limitedAs());
        }
    }

    @Test
    void theOtherCloudsHaveNone() {
        Clouds clouds = new Clouds(DatedTransport.by(time), time);

        assertEquals(
                List.of("jdCloud", "apsaraStack"),
                clouds.all().stream()
                        .filter(cloud -> cloud.instanceRoles().isEmpty())
                        .map(CloudProvider::id)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "a b", "角色", "a%2fb", "a\nb"})
    void aNameThatLeadsElsewhereIsRefused(String name) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new InstanceRole(InstanceRole.Platform.ALIBABA, name, false))
                .getMessage();

        assertTrue(message.startsWith("Role: "), message);
    }

    @Test
    void anUnknownCloudIsNamedWithThoseThatThereAre() {
        String message = assertThrows(IllegalArgumentException.class, () -> InstanceRole.Platform.of("aws"))
                .getMessage();

        assertTrue(message.contains("\"aws\"") && message.contains("alibaba or tencent"), message);
    }
}

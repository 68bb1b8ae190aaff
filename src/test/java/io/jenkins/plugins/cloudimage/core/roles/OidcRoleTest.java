package io.jenkins.plugins.cloudimage.core.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import io.jenkins.plugins.cloudimage.core.canary.Echo;
import io.jenkins.plugins.cloudimage.core.canary.EveryLog;
import io.jenkins.plugins.cloudimage.core.canary.LeakyCloud;
import io.jenkins.plugins.cloudimage.core.http.DatedTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeIdentityProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Roles that a token of an OpenID Connect provider assumes, for each cloud that has such roles. */
class OidcRoleTest {
    private static final String POLICY = "{\"Version\":\"1\",\"Statement\":[]}";

    private final VirtualTime time = new VirtualTime();
    private final Clouds clouds = new Clouds(DatedTransport.by(time), time);
    private final RoleTokens tokens = new RoleTokens(time);
    private final FakeIdentityProvider provider = new FakeIdentityProvider(time);

    private SimulatedCloud<?> simulated;
    private FakeTokenServices.Of service;
    private FakeServer server;

    static Stream<String> clouds() {
        return FakeTokenServices.WITH_IDENTITIES.stream();
    }

    private void start(String id) {
        simulated = SimulatedCloud.every(time).stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        service = FakeTokenServices.of(simulated.cloud());
        server = new FakeServer(service.fake());
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private RoleService roles() {
        return clouds.provider(simulated.id()).roles().orElseThrow();
    }

    private RoleGrant grant(WebIdentity identity) {
        return grant(identity, null);
    }

    private RoleGrant grant(WebIdentity identity, String policy) {
        return new RoleGrant(
                simulated.id(),
                server.endpoint(),
                null,
                identity,
                new CloudRole(service.role().name(), null, policy, Duration.ofHours(1), "jenkins"));
    }

    private WebIdentity build(String name, WebIdentity.Tokens source) {
        return new WebIdentity(service.provider(), name, source);
    }

    private AccessKey key(WebIdentity identity) throws CloudException {
        return tokens.key(grant(identity), roles());
    }

    private CloudError refusal(RoleGrant grant) {
        return assertThrows(CloudException.class, () -> tokens.key(grant, roles()))
                .error();
    }

    private CloudError refusal(String token) {
        return refusal(grant(build("any", () -> token)));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aTokenGivesAKeyThatTheCloudAccepts(String id) throws Exception {
        start(id);
        AccessKey key = key(build("build 1", provider::token));

        assertEquals(time.instant().plus(Duration.ofHours(1)), key.session().expires());
        assertEquals(
                roles().account(service.role().name()).orElseThrow(),
                key.session().account());
        assertEquals(List.of(service.withToken()), server.calls());
        try (FakeServer cloud = new FakeServer(simulated.cloud())) {
            clouds.connect(new CloudConnection(
                            simulated.id(),
                            cloud.endpoint(),
                            simulated.request().region(),
                            key,
                            simulated.settings()))
                    .probe();
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void everyRenewalTakesANewTokenAndNothingElseDoes(String id) throws Exception {
        start(id);
        WebIdentity build = build("build 1", provider::token);
        AccessKey first = key(build);
        assertSame(first, key(build("build 1", provider::token)));
        assertEquals(1, provider.issued());

        // The first token has expired long ago.
        time.pass(Duration.ofMinutes(45));
        assertNotEquals(first, key(build));
        assertEquals(2, provider.issued());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void noBuildGetsTheKeyOfAnother(String id) throws Exception {
        start(id);
        AccessKey trusted = key(build("job images/web #1", provider::token));

        AccessKey other = key(build("job images/web #2", provider::token));
        CloudError stranger = refusal(grant(build(
                "job other #1",
                () -> provider.token(
                        "https://jenkins.example.org/job/other/",
                        FakeIdentityProvider.AUDIENCE,
                        Duration.ofMinutes(10)))));

        assertNotEquals(trusted.id(), other.id());
        assertEquals(ErrorKind.PERMISSION, stranger.kind());
        assertTrue(stranger.text().contains("oidc:sub"), stranger.text());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aForgedTokenIsExchangedForNothingThoughItClaimsToBeAnothers(String id) throws Exception {
        start(id);
        key(build("job images/web #1", provider::token));

        CloudError error = refusal(grant(build("job other #1", provider.impostor()::token)));

        assertEquals(ErrorKind.AUTHENTICATION, error.kind());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void everyFlawOfATokenHasItsAdvice(String id) {
        start(id);
        boolean tencent = !id.startsWith("alibaba");
        String subject = FakeIdentityProvider.TRUSTED + "web";
        String expired = provider.token(subject, FakeIdentityProvider.AUDIENCE, Duration.ofSeconds(-1));
        String foreign = provider.token(subject, "another", Duration.ofMinutes(1));
        String forged = provider.impostor().token();
        time.pass(Duration.ofSeconds(1));

        assertRefused(expired, tencent ? "has not expired" : "has expired");
        assertRefused(foreign, tencent ? "audience" : "audience (aud) of the token");
        assertRefused(forged, tencent ? "public key" : "not signed by the identity provider");
        assertRefused("aaaa.bbbb.cccc", tencent ? "clock" : "malformed");
    }

    private void assertRefused(String token, String advice) {
        CloudError error = refusal(token);
        assertEquals(ErrorKind.AUTHENTICATION, error.kind());
        assertTrue(error.text().contains(advice), error.text());
        assertTrue(error.text().contains(service.role().name()), error.text());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatTheCloudCannotAcceptIsRefusedBeforeAnythingIsSent(String id) {
        start(id);
        CloudError provider = refusal(grant(new WebIdentity("arn:aws:iam::1:oidc-provider/x", "any", () -> "no")));

        assertEquals(ErrorKind.INVALID_REQUEST, provider.kind());
        assertTrue(provider.text().contains(roles().providerExample().orElseThrow()), provider.text());
        assertEquals(List.of(), server.calls());
    }

    @Test
    void tencentTakesNoSessionPolicyWithAToken() {
        start("tencentCloud");
        CloudError error = refusal(grant(build("any", provider::token), POLICY));

        assertEquals(ErrorKind.INVALID_REQUEST, error.kind());
        assertTrue(error.text().contains("session policy"), error.text());
        assertEquals(List.of(), server.calls());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void throttlingIsThrottling(String id) {
        start(id);
        server.faults().next(service.withToken(), Fault.THROTTLED);

        assertEquals(
                ErrorKind.THROTTLED,
                refusal(grant(build("any", provider::token))).kind());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aTokenThatCannotBeReadIsTheReason(String id) {
        start(id);
        CloudError error = refusal(grant(build("any", () -> {
            throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                    .message("the vault is closed")
                    .exception();
        })));

        assertEquals(ErrorKind.UNAVAILABLE, error.kind());
        assertTrue(error.text().contains("the vault is closed"), error.text());
        assertEquals(List.of(), server.calls());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aClockThatIsWrongDoesNotShortenTheKey(String id) throws Exception {
        start(id);
        Clouds late = new Clouds(DatedTransport.by(time), Clock.offset(time, Duration.ofHours(2)));

        assertEquals(
                Duration.ofHours(1),
                late.provider(id)
                        .roles()
                        .orElseThrow()
                        .assume(grant(build("any", provider::token)))
                        .lifetime());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void noEchoShowsTheToken(String id) {
        start(id);
        for (Echo echo : Echo.values()) {
            String token = provider.token();
            // The account's keys are unknown to such a call: all that a server can echo is the token.
            AccessKey told = new AccessKey("caller-without-key", token, null);
            Canary canary = new Canary(told);
            Stream.of(token.split("\\.")).skip(1).forEach(canary::watch);
            FakeCloud leaky = new LeakyCloud(service.fake(), told, canary, action -> echo);
            try (EveryLog log = new EveryLog();
                    FakeServer leaking = new FakeServer(leaky)) {
                RoleGrant grant = new RoleGrant(
                        simulated.id(),
                        leaking.endpoint(),
                        null,
                        build("any", () -> token),
                        new CloudRole(service.role().name(), null, null, Duration.ofHours(1), "jenkins"));
                canary.assertNotIn("The grant", grant.toString());
                try {
                    canary.assertNotIn("The key", roles().assume(grant).toString());
                } catch (CloudException e) {
                    canary.assertNotIn(echo.toString(), e);
                    canary.assertNotIn(echo.toString(), e.error().toString());
                }
                canary.assertNotIn("The log", log.text());
            }
        }
    }

    @Test
    void callersAreToldApartByTheirHolderAndNotByTheirTokens() {
        WebIdentity one = new WebIdentity("jenkins", "build 1", () -> "a");

        assertEquals(one, new WebIdentity(" jenkins ", "build 1", () -> "b"));
        assertEquals(one.hashCode(), new WebIdentity("jenkins", "build 1", () -> "b").hashCode());
        assertNotEquals(one, new WebIdentity("jenkins", "build 2", () -> "a"));
        assertNotEquals(one, new WebIdentity("other", "build 1", () -> "a"));
        assertFalse(one.toString().contains("build 1"), one.toString());
        assertThrows(IllegalArgumentException.class, () -> new WebIdentity(" ", "build 1", () -> "a"));
    }
}

package io.jenkins.plugins.cloudimage.core.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TemporaryKey;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When temporary keys are fetched, renewed, kept and dropped. */
class RoleTokensTest {
    private static final AccessKey SOURCE = new AccessKey("source-id", "source-secret", null);

    private final VirtualTime time = new VirtualTime();
    private final RoleTokens tokens = new RoleTokens(time);
    private final Service service = new Service();

    private static RoleGrant grant(Duration duration) {
        return grant(SOURCE, duration);
    }

    private static RoleGrant grant(AccessKey source, Duration duration) {
        return new RoleGrant(
                "cloud",
                URI.create("https://sts.example.org"),
                null,
                source,
                new CloudRole("account/role", null, null, duration, "jenkins"));
    }

    private AccessKey key(RoleGrant grant) throws CloudException {
        return tokens.key(grant, service);
    }

    @Test
    void aKeyIsKeptUntilFifteenMinutesBeforeItsEnd() throws Exception {
        RoleGrant hour = grant(Duration.ofHours(1));
        AccessKey first = key(hour);
        assertEquals(AccessKey.ofRole("account"), first.account());

        time.pass(Duration.ofMinutes(45).minusMillis(1));
        assertSame(first, key(hour));

        time.pass(Duration.ofMillis(1));
        assertNotEquals(first, key(hour));
        assertEquals(2, service.calls);
    }

    @Test
    void aShortKeyIsKeptForHalfOfItsLife() throws Exception {
        RoleGrant quarter = grant(Duration.ofMinutes(15));
        AccessKey first = key(quarter);

        time.pass(Duration.ofSeconds(450).minusMillis(1));
        assertSame(first, key(quarter));

        time.pass(Duration.ofMillis(1));
        assertNotEquals(first, key(quarter));
    }

    @Test
    void aValidKeyIsUsedWhileItCannotBeRenewedAndTheServiceIsNotFlooded() throws Exception {
        RoleGrant hour = grant(Duration.ofHours(1));
        AccessKey first = key(hour);
        time.pass(Duration.ofMinutes(50));
        service.refusal = CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.POSSIBLE);

        assertSame(first, key(hour));
        assertSame(first, key(hour));
        assertEquals(2, service.calls);

        time.pass(Duration.ofMinutes(9).plusSeconds(29));
        assertSame(first, key(hour));
        time.pass(Duration.ofSeconds(1));
        assertThrows(CloudException.class, () -> key(hour));

        service.refusal = null;
        assertNotEquals(first, key(hour));
    }

    @Test
    void aRefusedKeyIsDroppedUnlessItIsFresh() throws Exception {
        RoleGrant hour = grant(Duration.ofHours(1));
        AccessKey first = key(hour);
        tokens.drop(first);
        assertSame(first, key(hour));

        time.pass(Duration.ofMinutes(1));
        tokens.drop(first);
        AccessKey second = key(hour);
        assertNotEquals(first, second);

        time.pass(Duration.ofMinutes(1));
        tokens.drop(first);
        assertSame(second, key(hour));
        tokens.drop(SOURCE);
    }

    @Test
    void aRefusedKeyIsReplacedThoughTheClockWasSetBack() throws Exception {
        RoleGrant hour = grant(Duration.ofHours(1));
        AccessKey first = key(hour);
        time.pass(Duration.ofHours(1));
        time.setClock(time.instant().minus(Duration.ofHours(8)));

        tokens.drop(first);
        AccessKey second = key(hour);

        assertNotEquals(first, second);
        assertTrue(second.isNewerThan(first));
        assertFalse(first.isNewerThan(second));
    }

    @Test
    void anotherSourceOrRoleHasAnotherKey() throws Exception {
        AccessKey first = key(grant(Duration.ofHours(1)));

        assertNotEquals(first, key(grant(Duration.ofHours(2))));
        assertNotEquals(first, key(grant(new AccessKey("source-id", "guessed", null), Duration.ofHours(1))));
    }

    @Test
    void aRefusalSaysThatTheRoleIsTheMatterAndWhatToDo() {
        service.refusal = CloudError.of(ErrorKind.PERMISSION, SideEffect.POSSIBLE)
                .message("not authorized")
                .code("NoPermission", "r-1");

        CloudError error = assertThrows(CloudException.class, () -> key(grant(Duration.ofHours(1))))
                .error();

        assertEquals(ErrorKind.PERMISSION, error.kind());
        assertEquals(SideEffect.NONE, error.sideEffect());
        assertTrue(error.text().contains("account/role"), error.text());
        assertTrue(error.text().contains("trust policy"), error.text());
        assertTrue(error.text().contains("NoPermission"), error.text());
    }

    @Test
    void aRoleThatIsNotThereIsNoMissingImage() {
        service.refusal = CloudError.of(ErrorKind.NOT_FOUND, SideEffect.NONE).message("no role");

        assertEquals(
                ErrorKind.INVALID_REQUEST,
                assertThrows(CloudException.class, () -> key(grant(Duration.ofHours(1))))
                        .error()
                        .kind());
    }

    @Test
    void manyThreadsMakeOneCall() throws Exception {
        RoleGrant hour = grant(Duration.ofHours(1));
        service.hold = new CountDownLatch(1);
        FutureTask<AccessKey> one = new FutureTask<>(() -> key(hour));
        FutureTask<AccessKey> other = new FutureTask<>(() -> key(hour));
        new Thread(one).start();
        new Thread(other).start();
        service.hold.countDown();

        assertSame(one.get(10, TimeUnit.SECONDS), other.get(10, TimeUnit.SECONDS));
        assertEquals(1, service.calls);
    }

    @Test
    void nothingShowsASecret() throws Exception {
        AccessKey key = key(grant(Duration.ofHours(1)));

        for (Object shown : new Object[] {key, key.session(), key.session().grant(), grant(Duration.ofHours(1))}) {
            assertFalse(shown.toString().contains("secret"), shown.toString());
            assertFalse(shown.toString().contains("token-"), shown.toString());
        }
    }

    /** A service that numbers its keys. */
    private final class Service implements RoleService {
        private int calls;
        private CloudError refusal;
        private CountDownLatch hold = new CountDownLatch(0);

        @Override
        public URI endpoint() {
            return URI.create("https://sts.example.org");
        }

        @Override
        public Optional<String> account(String roleName) {
            return Optional.of(roleName.substring(0, roleName.indexOf('/')));
        }

        @Override
        public String example() {
            return "account/role";
        }

        @Override
        public TemporaryKey assume(RoleGrant grant) throws CloudException {
            calls++;
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (refusal != null) {
                throw refusal.exception();
            }
            return new TemporaryKey(
                    new AccessKey("id-" + calls, "secret-" + calls, "token-" + calls),
                    grant.role().duration());
        }
    }
}

package io.jenkins.plugins.cloudimage.core.roles;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.RoleSession;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TokenGrant;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The temporary keys of roles, in memory only. A key is renewed at half of its life or 15 minutes before its end,
 * whichever is later. If that fails, the present key is used as long as it is valid. At most one call is under way for
 * a grant; whoever needs the key meanwhile gets the present one if it is valid, or waits.
 */
public final class RoleTokens {
    private static final Duration EARLY = Duration.ofMinutes(15);
    /** A key that ends so soon may end before the call that it signs arrives. */
    private static final Duration MARGIN = Duration.ofSeconds(30);
    /** The pause after a failed renewal, while the present key is valid. */
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** A refused key that is younger is kept: a new one would be refused as well. */
    private static final Duration YOUNG = Duration.ofMinutes(1);
    /** Keys that nobody needs any more are forgotten: a build that ended asks for its own no more. */
    private static final Duration UNUSED = Duration.ofHours(1);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Logger LOGGER = Logger.getLogger(RoleTokens.class.getName());

    /** Nobody has to be asked. */
    private static final Owners UNASKED = key -> Optional.empty();

    private final Clock clock;
    private final Map<TokenGrant, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong fetched = new AtomicLong();

    public RoleTokens(Clock clock) {
        this.clock = clock;
    }

    private static final class Slot {
        private final ReentrantLock fetching = new ReentrantLock();
        private volatile AccessKey key;
        /** The id of the account, once it is known; it does not change. */
        private volatile String owner;

        private volatile Instant notBefore = Instant.MIN;
        private volatile Instant usedAt = Instant.MAX;
    }

    /**
     * Returns a valid key of a role that somebody assumes. May call the service, and so block.
     *
     * @throws CloudException if there is no valid key and the service gives none
     */
    public AccessKey key(RoleGrant grant, RoleService service) throws CloudException {
        // The name of a role contains the id of its account.
        return key(grant, () -> assume(grant, service), UNASKED);
    }

    /**
     * Returns a valid key of the role of the instance on which this process runs. May call the services, and so block.
     *
     * @param owners who is asked for the account's id, once for a role, if the metadata service does not tell it
     * @throws CloudException if there is no valid key and the service gives none
     */
    public AccessKey key(InstanceRole role, InstanceRoleService service, Owners owners) throws CloudException {
        return key(role, () -> service.issue(role), service.tellsAccountId() ? UNASKED : owners);
    }

    /** Tells the id of the account that a key belongs to. */
    @FunctionalInterface
    public interface Owners {
        /**
         * @return the id, or empty if nobody can be asked
         * @throws CloudException if it is not told
         */
        Optional<String> of(AccessKey key) throws CloudException;
    }

    /** Gets a new key from a service. */
    private interface Issuer {
        InstanceRoleService.Issued issue() throws CloudException;
    }

    private AccessKey key(TokenGrant grant, Issuer issuer, Owners owners) throws CloudException {
        Instant now = clock.instant();
        slots.values().removeIf(slot -> Duration.between(slot.usedAt, now).compareTo(UNUSED) > 0);
        Slot slot = slots.computeIfAbsent(grant, any -> new Slot());
        slot.usedAt = now;
        AccessKey present = slot.key;
        if (present != null && now.isBefore(renewal(session(present)))) {
            return present;
        }
        boolean valid =
                present != null && now.isBefore(session(present).expires().minus(MARGIN));
        if (!begin(slot, valid)) {
            return valid ? present : stillBusy(grant);
        }
        try {
            boolean renewed = slot.key != present && slot.key != null;
            return renewed ? slot.key : renew(grant, issuer, owners, slot, valid);
        } finally {
            slot.fetching.unlock();
        }
    }

    /** A key of this cache is always temporary. */
    private static RoleSession session(AccessKey key) {
        return Objects.requireNonNull(key.session());
    }

    private static Instant renewal(RoleSession session) {
        Instant half = session.begins()
                .plus(Duration.between(session.begins(), session.expires()).dividedBy(2));
        Instant early = session.expires().minus(EARLY);
        return half.isAfter(early) ? half : early;
    }

    private static boolean begin(Slot slot, boolean valid) {
        try {
            return valid ? slot.fetching.tryLock() : slot.fetching.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private AccessKey renew(TokenGrant grant, Issuer issuer, Owners owners, Slot slot, boolean valid)
            throws CloudException {
        AccessKey present = slot.key;
        if (valid && clock.instant().isBefore(slot.notBefore)) {
            return present;
        }
        try {
            AccessKey fresh = fetch(grant, issuer, owners, slot);
            slot.key = fresh;
            return fresh;
        } catch (CloudException e) {
            slot.notBefore = clock.instant().plus(PAUSE);
            if (valid && present != null) {
                return present;
            }
            throw e;
        }
    }

    private AccessKey fetch(TokenGrant grant, Issuer issuer, Owners owners, Slot slot) throws CloudException {
        InstanceRoleService.Issued issued = issuer.issue();
        Instant begins = clock.instant();
        return issued.key()
                .key()
                .of(new RoleSession(
                        grant,
                        fetched.incrementAndGet(),
                        issued.account(),
                        owner(issued, owners, slot),
                        begins,
                        begins.plus(issued.key().lifetime())));
    }

    /** Without an answer, the role has limits of its own until the next key is fetched. No build fails for that. */
    private static String owner(InstanceRoleService.Issued issued, Owners owners, Slot slot) {
        if (slot.owner == null) {
            try {
                slot.owner = owners.of(issued.key().key()).orElse(null);
            } catch (CloudException e) {
                LOGGER.log(Level.FINE, e, () -> "The account's id of " + issued.account() + " is not known");
            }
        }
        return slot.owner == null ? issued.account() : slot.owner;
    }

    private static InstanceRoleService.Issued assume(RoleGrant grant, RoleService service) throws CloudException {
        try {
            service.check(grant.source(), grant.role());
            return new InstanceRoleService.Issued(
                    service.assume(grant), service.account(grant.role().name()).orElseThrow());
        } catch (CloudException e) {
            throw new CloudException(explained(grant, e.error()), e.getCause());
        }
    }

    /** Says that the role is the matter. A missing permission has another cause here than in other calls. */
    private static CloudError explained(RoleGrant grant, CloudError error) {
        String trust = grant.source() instanceof WebIdentity
                ? Messages.RoleTokens_trustProvider()
                : Messages.RoleTokens_trust();
        String advice = error.kind() == ErrorKind.PERMISSION ? trust : error.advice();
        // "Not found" is about images and instances elsewhere.
        ErrorKind kind = error.kind() == ErrorKind.NOT_FOUND ? ErrorKind.INVALID_REQUEST : error.kind();
        return CloudError.of(kind, SideEffect.NONE)
                .message(Messages.RoleTokens_failed(grant.role().name(), error.message()))
                .advice(advice)
                .code(error.code(), error.requestId())
                .retryAfter(error.retryAfter());
    }

    private static AccessKey stillBusy(TokenGrant grant) throws CloudException {
        throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                .message(Messages.RoleTokens_busy(grant.roleName(), PATIENCE.toSeconds()))
                .advice(Messages.RoleTokens_network())
                .exception();
    }

    /** Forgets a key that the cloud refused, so that the next one who needs it gets a new one. */
    public void drop(AccessKey refused) {
        RoleSession session = refused.session();
        if (session == null) {
            return;
        }
        Duration age = Duration.between(session.begins(), clock.instant());
        // A negative age means that the clock was set back, so it does not tell whether the key is still valid.
        if (!age.isNegative() && age.compareTo(YOUNG) < 0) {
            return;
        }
        Slot slot = slots.get(session.grant());
        if (slot != null && refused.equals(slot.key)) {
            slot.key = null;
        }
    }
}

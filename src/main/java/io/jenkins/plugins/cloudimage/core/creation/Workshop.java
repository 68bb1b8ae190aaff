package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Pacer;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * What all creations of an engine share: the accounts and their rates, the names and machines of which each belongs to
 * one creation at a time, and those who know what to do next.
 */
final class Workshop {
    private static final Logger LOGGER = Logger.getLogger(Workshop.class.getName());

    /** The poller has the other half of an account's reads. */
    private static final double SHARE_OF_READS = 0.5;

    private final Clouds clouds;
    private final Ledger ledger;
    private final CreationEngine.Connector connector;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ImagePoller poller;
    private final Function<String, Creation> underWay;
    private final Pacer creates;
    private final Pacer reads;
    private final Steps steps;
    private final CleanUp cleanUp;
    private final Dormant dormant;
    private final Names names;
    private final Machines machines;

    Workshop(
            Clouds clouds,
            Ledger ledger,
            CreationEngine.Connector connector,
            Scheduler scheduler,
            Clock clock,
            RandomGenerator random,
            ImagePoller poller,
            Function<String, Creation> underWay) {
        this.clouds = clouds;
        this.ledger = ledger;
        this.connector = connector;
        this.scheduler = scheduler;
        this.clock = clock;
        this.poller = poller;
        this.underWay = underWay;
        this.creates = new Pacer(scheduler);
        this.reads = new Pacer(scheduler);
        this.steps = new Steps(clock, new Backoff(random));
        this.cleanUp = new CleanUp(clock, new Backoff(random));
        this.dormant = new Dormant(ledger, connector);
        this.names = new Names(clock, dormant);
        this.machines = new Machines(dormant);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Clock clock() {
        return clock;
    }

    CloudConnection connect(Creation creation) throws CloudException {
        return connector.connect(creation);
    }

    /**
     * Takes the account's next free moment for a creation's next call. Nobody waits beyond the deadline for a call that is
     * not made then.
     */
    Duration turn(Creation creation, CloudConnection account) {
        Capabilities capabilities = capabilities(account);
        Progress progress = creation.progress();
        boolean creating = progress.phase() == Phase.SUBMITTING && progress.doubtSince() == null;
        Duration turn = creating
                ? creates.reserve(account, capabilities.createsPerSecond())
                : reads.reserve(account, readsPerSecond(capabilities));
        Duration left = Duration.between(clock.instant(), creation.deadline());
        boolean ends = progress.outcome() == null && !Steps.isLooking(creation) && turn.compareTo(left) > 0;
        return !ends ? turn : left.isNegative() ? Duration.ZERO : left;
    }

    private static double readsPerSecond(Capabilities capabilities) {
        return capabilities.readsPerSecond() * SHARE_OF_READS;
    }

    /** Makes the next step on the way to an image id. */
    Steps.Step advance(Creation creation, CloudConnection account, CallScope scope) {
        Capabilities capabilities = capabilities(account);
        CloudError held = claim(creation, account);
        wake(creation);
        Steps.Step step = steps.next(creation, clouds.connect(account), capabilities, held, scope);
        for (int call = 1; call < scope.calls(); call++) {
            // Lists that the cloud pages take several calls.
            reads.reserve(account, readsPerSecond(capabilities));
        }
        return step;
    }

    /** Takes what the step needs, and returns why it cannot be had. */
    @CheckForNull
    private CloudError claim(Creation creation, CloudConnection account) {
        if (creation.phase() == Phase.PLANNED) {
            return creation.request().dryRun() ? null : names.take(account, creation, underWay);
        }
        names.claim(account, creation);
        if (creation.phase() == Phase.PREPARING) {
            return machines.take(account, creation);
        }
        claimMachine(creation, account);
        return null;
    }

    private void claimMachine(Creation creation, CloudConnection account) {
        if (creation.hasMachine()) {
            machines.claim(account, creation);
        }
    }

    /** Begins to wait for the image. */
    ImageWait awaits(Creation creation, CloudConnection account, Predicate<Progress> news) {
        if (!creation.progress().reused()) {
            names.claim(account, creation);
        }
        claimMachine(creation, account);
        wake(creation);
        return new ImageWait(creation, connector, poller, clock, news);
    }

    /** Tries to put right what is left to do. */
    Steps.Step restore(Creation creation, CloudConnection account) {
        claimMachine(creation, account);
        boolean nameIsOurs = !creation.claimsName() || names.claim(account, creation);
        wake(creation);
        return cleanUp.next(creation, clouds.connect(account), nameIsOurs);
    }

    /** Nothing could be put right. */
    Steps.Step notRestored(Creation creation, CloudError error) {
        return cleanUp.failed(creation, error);
    }

    /** The creation goes on in this process, and has claimed what it can. */
    void wake(Creation creation) {
        dormant.wake(creation.key());
    }

    /** Saves the record, and returns why it may not be on the disk, or null. */
    @CheckForNull
    CloudError save(Creation creation) {
        try {
            ledger.save(creation);
            return null;
        } catch (UncheckedIOException e) {
            LOGGER.log(Level.SEVERE, "A creation cannot be saved", e);
            return CloudError.of(ErrorKind.UNAVAILABLE, Acted.NO)
                    .message(e.getMessage())
                    .advice(Messages.Workshop_disk());
        }
    }

    /** Gives up what the creation no longer needs. */
    void release(Creation creation) {
        if (!creation.claimsName()) {
            names.release(creation.key());
        }
        if (!creation.claimsMachine()) {
            machines.release(creation.key());
        }
        if (creation.done()) {
            wake(creation);
        }
    }

    private Capabilities capabilities(CloudConnection account) {
        return clouds.provider(account.cloud()).capabilities();
    }
}

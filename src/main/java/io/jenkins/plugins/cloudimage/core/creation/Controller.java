package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Moves one creation to its next state: observes, decides, saves, and carries out at most one effect. It runs in the
 * mailbox and never blocks. Work that can hang runs in a lane, and its result becomes an observation.
 */
final class Controller implements Requeue {
    private static final Logger LOGGER = Logger.getLogger(Controller.class.getName());
    /** How often a creation is processed that needs one more look at its image after the deadline. */
    private static final Duration LATE_PAUSE = Duration.ofSeconds(1);
    /** How long a step that failed is not repeated, unless something happens. */
    private static final Duration FAILURE_PAUSE = Duration.ofSeconds(10);
    /** How many failed steps are repeated that soon; later the resync does it. */
    private static final int SOON = 30;
    /** How often in a row a step fails before it is given up, because memory may be short for a moment. */
    private static final int ATTEMPTS = 3;

    private final Clouds clouds;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Mailbox mailbox;
    private final Reconciler reconciler;
    private final Deadlines deadlines;
    private final KeyLookup keys;
    private final Saving saving;
    private final Notifying notifying;
    private final Calling calling;
    private final Watching watching;
    private final CopyEntries copies;
    private final Collection<Entry> entries;
    private final Consumer<Entry> finished;

    Controller(
            Clouds clouds,
            Ledger ledger,
            CreationEngine.Connector connector,
            UnaryOperator<String> hash,
            Scheduler scheduler,
            Clock clock,
            ImagePoller poller,
            Mailbox mailbox,
            Lanes lanes,
            Backoff backoff,
            Predecessors predecessors,
            Map<String, Entry> entries,
            Consumer<Entry> finished) {
        this.clouds = clouds;
        this.scheduler = scheduler;
        this.clock = clock;
        this.mailbox = mailbox;
        this.reconciler = new Reconciler(backoff, predecessors);
        this.deadlines = new Deadlines(scheduler, clock);
        this.keys = new KeyLookup(connector, hash, scheduler, lanes, backoff, this);
        this.saving = new Saving(ledger, scheduler, clock, lanes, backoff, this);
        this.notifying = new Notifying(scheduler, lanes, backoff, this);
        this.calling = new Calling(clouds, scheduler, lanes, this);
        this.watching = new Watching(poller, scheduler, clock, mailbox, this);
        this.copies = new CopyEntries(entries, scheduler, mailbox, this);
        this.entries = entries.values();
        this.finished = finished;
    }

    @Override
    public void process(Entry entry) {
        if (!entry.started && entry.forgotten == null && !entry.unsaved) {
            return;
        }
        try {
            step(entry);
            entry.failures = 0;
        } catch (Throwable t) { // an Error too: otherwise the creation would never end
            failed(entry, t);
        }
    }

    private void step(Entry entry) {
        if (entry.forgotten != null) {
            forget(entry);
            return;
        }
        if (!entry.started) {
            saving.save(entry);
            return;
        }
        copies.tend(entry);
        if (isInterrupted(entry)) {
            takeBack(entry);
        }
        keys.lookUp(entry);
        carryOut(entry, reconciler.decide(entry.creation, entry.memory, observe(entry)));
        if (entry.isUnreported()) {
            wake(entry, Entry.DISK_PATIENCE);
        }
        if (!entry.creation.ended() && entry.deadline != null && !deadlines.isLate(entry)) {
            Duration left = entry.deadline.minus(scheduler.uptime());
            wake(entry, left.compareTo(LATE_PAUSE) > 0 ? left : LATE_PAUSE);
        }
    }

    private void carryOut(Entry entry, Decision decision) {
        entry.result = null;
        entry.unsent = null;
        entry.keyError = null;
        entry.creation = decision.creation();
        entry.memory = decision.memory();
        if (decision.effect() != null) {
            entry.effect = decision.effect();
        }
        watching.watch(entry);
        advance(entry);
        copies.wakeSource(entry);
        if (decision.requeueAfter() != null && entry.effect == null) {
            wake(entry, decision.requeueAfter());
        }
    }

    /**
     * Tries again what failed because of a mistake in this plugin or for want of memory. If it fails repeatedly, nobody
     * waits for it beyond an abort or the deadline.
     */
    private void failed(Entry entry, Throwable failure) {
        if (entry.failures++ == 0) {
            entry.failingSince = scheduler.uptime();
        }
        if (Integer.bitCount(entry.failures) == 1) {
            // Rarer and rarer, because the next attempt probably fails in the same way.
            LOGGER.log(Level.WARNING, failure, () -> "The creation " + entry.key + " is tried again");
        }
        boolean interrupted = isInterrupted(entry);
        if (entry.failures <= SOON) {
            wake(entry, interrupted ? LATE_PAUSE : FAILURE_PAUSE);
        }
        if (entry.result != null && !entry.result.effect().changes()) {
            // It may be the response that cannot be handled, so the call is repeated.
            entry.result = null;
        }
        if (!entry.started || entry.failures < ATTEMPTS) {
            return;
        }
        CloudError cause = Failures.error(failure, SideEffect.POSSIBLE);
        if (interrupted || entry.creation.ended()) {
            giveUp(entry, cause);
        } else if (entry.creation.error() == null) {
            entry.creation = entry.creation.copy().error(cause).build();
            notifying.report(entry);
        }
    }

    private void giveUp(Entry entry, CloudError cause) {
        try {
            takeBack(entry);
            Duration now = scheduler.uptime();
            carryOut(
                    entry,
                    reconciler.giveUp(
                            entry.creation,
                            entry.memory,
                            Observations.ofEnd(now, clock.instant(), entry.result, entry.unsent, entry.stopped),
                            now.minus(entry.failingSince),
                            cause));
        } catch (Throwable t) { // it is tried again with the next step
            LOGGER.log(Level.FINE, t, () -> "The creation " + entry.key + " cannot be ended yet");
        }
    }

    private void advance(Entry entry) {
        notifying.report(entry);
        if (entry.mustBeSaved()) {
            saving.save(entry);
        } else if (entry.effect != null && entry.calling == null && !isHeldBack(entry)) {
            calling.call(entry);
        }
        if (entry.isSettled()) {
            finished.accept(entry);
        }
    }

    private static boolean isHeldBack(Entry entry) {
        return entry.waitsForPerson() && entry.effect.changes();
    }

    @Override
    public void wake(Entry entry, Duration after) {
        Duration at = scheduler.uptime().plus(after);
        if (after.isZero() || after.isNegative()) {
            mailbox.post(() -> process(entry));
        } else if (entry.wakeAt == null
                || entry.wakeAt.compareTo(scheduler.uptime()) <= 0
                || at.compareTo(entry.wakeAt) < 0) {
            entry.wakeAt = at;
            mailbox.post(() -> process(entry), after);
        }
    }

    /** Removes the record unless a save under way could write it again. */
    private void forget(Entry entry) {
        withdraw(entry);
        entry.connection = null;
        watching.watch(entry);
        saving.remove(entry);
    }

    /**
     * Makes the next attempt at once, because a person may have removed the cause of the failure. The key may have changed,
     * so it is looked up before the next call. The poller and a call that is already decided keep the present one.
     */
    void retry(Entry entry) {
        entry.memory = entry.memory.anew(scheduler.uptime());
        entry.lookAfter = Duration.ZERO;
        entry.saveAfter = Duration.ZERO;
        entry.notifyAfter = Duration.ZERO;
        if (Reconciler.isWatched(entry.creation) || entry.effect != null) {
            KeyLookup.expire(entry, scheduler.uptime());
        } else {
            entry.connection = null;
        }
        process(entry);
    }

    CopyEntries copies() {
        return copies;
    }

    /** Cancels an effect that has not been sent, and returns it; null if there is none. */
    @Nullable
    Effect withdraw(Entry entry) {
        return calling.withdraw(entry);
    }

    /** Saves progress that another process can do without. */
    void note(Entry entry, Duration age) {
        saving.note(entry, age);
    }

    private boolean isInterrupted(Entry entry) {
        return !entry.creation.ended() && (entry.stopped != null || deadlines.isLate(entry));
    }

    /** Cancels an effect that has not been sent; the next decision takes that into account. */
    private void takeBack(Entry entry) {
        Effect unsent = calling.withdraw(entry);
        if (unsent != null) {
            entry.unsent = unsent;
        }
    }

    private Observations observe(Entry entry) {
        Creation creation = entry.creation;
        boolean planning = creation.phase() == Phase.PLANNED && entry.account != null;
        Creation known = planning ? creation.copy().account(entry.account).build() : creation;
        boolean checking = creation.phase() == Phase.CHECKING;
        boolean retiring = creation.outcome() == Outcome.RETIRED;
        Reservations reservations = new Reservations(planning || checking || retiring ? others() : List.of());
        return new Observations(
                scheduler.uptime(),
                clock.instant(),
                entry.cloudClock == null ? null : entry.cloudClock.at(scheduler.uptime()),
                capabilities(creation),
                entry.result == null ? entry.account : entry.asked,
                entry.result,
                entry.unsent,
                entry.effect != null || entry.connection == null && entry.keyError == null,
                entry.sighting,
                entry.stopped,
                deadlines.isLate(entry),
                entry.isUnreported(scheduler.uptime()),
                entry.keyError,
                reservations.holderOfName(known, namesakes(entry)),
                reservations.holderOfInstance(known),
                retiring
                        ? reservations.userOfImage(creation)
                        : checking ? reservations.holderOfImage(creation, namesakes(entry)) : null,
                copies.observe(entry));
    }

    private static List<CloudImage> namesakes(Entry entry) {
        boolean found = entry.result != null && entry.result.effect() instanceof Effect.FindByName;
        return found && !entry.result.failed() ? entry.result.answer() : List.of();
    }

    private List<Entry> others() {
        return entries.stream().filter(entry -> !entry.waitsForPerson()).toList();
    }

    private Capabilities capabilities(Creation creation) {
        return clouds.of(creation.request()).capabilities();
    }
}

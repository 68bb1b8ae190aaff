package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Observations.Sighting;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes one creation to its next state: observes, decides, saves, and carries out at most one effect. It runs in the
 * mailbox and never blocks; whatever can hang runs in a lane and comes back as an observation.
 */
final class Controller {
    private static final Logger LOGGER = Logger.getLogger(Controller.class.getName());

    /** The poller has the other half of an account's reads. */
    private static final double SHARE_OF_READS = 0.5;
    /** Calls arrive less evenly than they leave, and clouds count those that they refuse as well. */
    private static final double SHARE_OF_CREATES = 0.8;

    private static final int CALLS_AT_ONCE = 2;
    private static final Lanes.Limit DISK = new Lanes.Limit(2, 0);
    private static final Lanes.Limit ONE = new Lanes.Limit(1, 0);
    /** Keys are changed while images are made. */
    private static final Duration KEY_AGE = Duration.ofMinutes(5);
    /** What still waits for a look at its image after the deadline comes back after that. */
    private static final Duration LATE_PAUSE = Duration.ofSeconds(1);
    /** How long a deadline is not judged after a restart if the cloud does not tell its time. */
    private static final Duration NO_CLOUD_TIME = Duration.ofMinutes(10);

    private final Clouds clouds;
    private final Ledger ledger;
    private final CreationEngine.Connector connector;
    private final UnaryOperator<String> hash;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ImagePoller poller;
    private final Mailbox mailbox;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Reconciler reconciler;
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
            Collection<Entry> entries,
            Consumer<Entry> finished) {
        this.clouds = clouds;
        this.ledger = ledger;
        this.connector = connector;
        this.hash = hash;
        this.scheduler = scheduler;
        this.clock = clock;
        this.poller = poller;
        this.mailbox = mailbox;
        this.lanes = lanes;
        this.backoff = backoff;
        this.reconciler = new Reconciler(backoff);
        this.entries = entries;
        this.finished = finished;
    }

    /** Decides and acts. Whatever is thrown, the creation comes back after a while. */
    void process(Entry entry) {
        if (!entry.started && entry.forgotten == null && !entry.unsaved) {
            return;
        }
        try {
            if (entry.forgotten != null) {
                forget(entry);
                return;
            }
            if (!entry.started) {
                save(entry);
                return;
            }
            Effect unsent = isInterrupted(entry) ? withdraw(entry) : null;
            lookUp(entry);
            Decision decision = reconciler.decide(entry.creation, entry.memory, observe(entry, unsent));
            entry.result = null;
            entry.keyError = null;
            entry.creation = decision.creation();
            entry.memory = decision.memory();
            if (decision.effect() != null) {
                entry.effect = decision.effect();
            }
            watch(entry);
            advance(entry);
            if (decision.requeueAfter() != null && entry.effect == null) {
                wake(entry, decision.requeueAfter());
            }
            if (entry.isUntold()) {
                wake(entry, Entry.DISK_PATIENCE);
            }
            if (!entry.creation.ended() && entry.deadline != null && !isLate(entry)) {
                Duration left = entry.deadline.minus(scheduler.uptime());
                wake(entry, left.compareTo(LATE_PAUSE) > 0 ? left : LATE_PAUSE);
            }
        } catch (Throwable t) { // an Error too: a creation that only stopped here would never end
            LOGGER.log(Level.WARNING, t, () -> "The creation " + entry.key + " is tried again");
            wake(entry, Duration.ofSeconds(10));
        }
    }

    private void advance(Entry entry) {
        tell(entry);
        if (entry.mustBeSaved()) {
            save(entry);
        } else if (entry.effect != null && entry.calling == null && !isHeldBack(entry)) {
            call(entry);
        }
        if (entry.isSettled()) {
            finished.accept(entry);
        }
    }

    private static boolean isHeldBack(Entry entry) {
        return entry.waitsForPerson() && entry.effect.changes();
    }

    /** Wakes the creation up once; an earlier wake-up that is still to come makes a later one superfluous. */
    void wake(Entry entry, Duration after) {
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

    private boolean isInterrupted(Entry entry) {
        return !entry.creation.ended() && (entry.stopped != null || isLate(entry));
    }

    /** Takes back an effect that has not left; null if there is none. */
    @Nullable
    Effect withdraw(Entry entry) {
        Effect effect = entry.effect;
        if (effect == null) {
            return null;
        }
        if (entry.calling != null && !entry.calling.cancel()) {
            if (!effect.changes()) {
                // Nobody needs the answer any more.
                entry.reads.cancel();
            }
            return null;
        }
        entry.calling = null;
        entry.effect = null;
        return effect;
    }

    /** Removes the record when nothing is under way that could write it again. */
    private void forget(Entry entry) {
        withdraw(entry);
        entry.connection = null;
        watch(entry);
        if (entry.calling != null || entry.saving != null || entry.removing != null) {
            return;
        }
        entry.removing = lanes.submit(
                "disk",
                DISK,
                () -> {
                    ledger.remove(entry.key);
                    return null;
                },
                (nothing, failure) -> {
                    entry.removing = null;
                    if (failure == null) {
                        entry.forgotten.run();
                    } else {
                        LOGGER.log(Level.WARNING, failure, () -> "The creation " + entry.key + " cannot be removed");
                        wake(entry, Duration.ofSeconds(10));
                    }
                });
    }

    private Observations observe(Entry entry, Effect unsent) {
        Creation creation = entry.creation;
        boolean planning = creation.phase() == Phase.PLANNED && entry.account != null;
        Creation known = planning ? creation.copy().account(entry.account).build() : creation;
        Reservations reservations = new Reservations(planning ? others() : List.of());
        return new Observations(
                scheduler.uptime(),
                clock.instant(),
                entry.cloudClock == null ? null : entry.cloudClock.at(scheduler.uptime()),
                capabilities(creation),
                entry.account,
                entry.result,
                unsent,
                entry.effect != null || entry.connection == null && entry.keyError == null,
                entry.sighting,
                entry.stopped,
                isLate(entry),
                entry.isUntold(scheduler.uptime()),
                entry.keyError,
                reservations.holderOfName(known),
                reservations.holderOfInstance(known));
    }

    private List<Entry> others() {
        return entries.stream().filter(entry -> !entry.waitsForPerson()).toList();
    }

    private Capabilities capabilities(Creation creation) {
        return clouds.of(creation.request()).capabilities();
    }

    private boolean isLate(Entry entry) {
        Duration now = scheduler.uptime();
        if (entry.deadline == null) {
            entry.deadline = judgeDeadline(entry, now);
        }
        return entry.deadline != null && entry.deadline.compareTo(now) <= 0;
    }

    /** After a restart the controller's clock counts for nothing until the cloud's confirms it or does not come. */
    private Duration judgeDeadline(Entry entry, Duration now) {
        Instant end = entry.creation.plan().deadline();
        if (entry.restored == null) {
            return now.plus(Duration.between(clock.instant(), end));
        }
        if (entry.cloudClock != null) {
            Instant atCloud = end.plus(entry.creation.submission().clockAhead());
            return now.plus(Duration.between(entry.cloudClock.at(now), atCloud));
        }
        boolean waited = now.minus(entry.restored).compareTo(NO_CLOUD_TIME) >= 0;
        return waited ? now.plus(Duration.between(clock.instant(), end)) : null;
    }

    private void lookUp(Entry entry) {
        Duration now = scheduler.uptime();
        boolean needed = !entry.creation.done()
                && (entry.connection == null || now.minus(entry.connectedAt).compareTo(KEY_AGE) > 0);
        if (!needed || entry.looking != null || now.compareTo(entry.lookAfter) < 0) {
            return;
        }
        Creation creation = entry.creation;
        entry.looking = lanes.submit(
                List.of("key", creation.build().credentialsId()),
                ONE,
                () -> connector.connect(creation),
                (connection, failure) -> {
                    entry.looking = null;
                    if (failure == null) {
                        connected(entry, connection);
                    } else {
                        entry.lookFailures++;
                        CloudError error = error(failure, Acted.NO);
                        entry.keyError = error;
                        entry.lookAfter = scheduler.uptime().plus(backoff.after(entry.lookFailures, error));
                        wake(entry, entry.lookAfter.minus(scheduler.uptime()));
                    }
                    process(entry);
                });
    }

    private void connected(Entry entry, CloudConnection connection) {
        entry.lookFailures = 0;
        entry.connectedAt = scheduler.uptime();
        if (!connection.equals(entry.connection)) {
            entry.connection = connection;
            entry.cloud = clouds.connect(connection);
            entry.account = hash.apply(connection.key().id());
        }
    }

    private void save(Entry entry) {
        Duration now = scheduler.uptime();
        if (entry.saving != null) {
            return;
        }
        if (now.compareTo(entry.saveAfter) < 0) {
            wake(entry, entry.saveAfter.minus(now));
            return;
        }
        Creation creation = entry.creation;
        long revision = ++entry.revision;
        String home = entry.home;
        boolean newHome = entry.unsaved;
        entry.unsaved = false;
        entry.savingSince = now;
        entry.writing = creation;
        entry.saving = lanes.submit(
                "disk",
                DISK,
                () -> {
                    ledger.save(creation, revision, home, true);
                    return null;
                },
                (nothing, failure) -> {
                    entry.saving = null;
                    entry.writing = null;
                    entry.savingSince = null;
                    entry.unsaved |= newHome && failure != null;
                    if (failure == null) {
                        entry.saveFailures = 0;
                        entry.saved = creation;
                        entry.savedAt = clock.instant();
                    } else {
                        entry.saved = null;
                        entry.saveFailures++;
                        entry.saveAfter =
                                scheduler.uptime().plus(backoff.after(entry.saveFailures, error(failure, Acted.NO)));
                        LOGGER.log(Level.SEVERE, failure, () -> "The creation " + entry.key + " cannot be saved");
                    }
                    process(entry);
                });
    }

    /** Saves what only notes progress; if that fails, nothing is lost. */
    void note(Entry entry, Duration age) {
        boolean old = entry.savedAt != null
                && Duration.between(entry.savedAt, clock.instant()).abs().compareTo(age) > 0;
        if (entry.saving != null || entry.mustBeSaved() || !old && entry.creation.equals(entry.saved)) {
            return;
        }
        Creation creation = entry.creation;
        long revision = ++entry.revision;
        String home = entry.home;
        entry.writing = creation;
        entry.saving = lanes.submit(
                "disk",
                DISK,
                () -> {
                    ledger.save(creation, revision, home, false);
                    return null;
                },
                (nothing, failure) -> {
                    entry.saving = null;
                    entry.writing = null;
                    // After a failure the disk may hold the old record or the new one.
                    entry.saved = failure == null ? creation : null;
                    entry.savedAt = failure == null ? clock.instant() : entry.savedAt;
                    process(entry);
                });
    }

    private record Answer(Object value, CloudError error, int calls, Instant time) {}

    private void call(Entry entry) {
        Effect effect = entry.effect;
        CloudConnection connection = Objects.requireNonNull(entry.connection);
        Capabilities capabilities = capabilities(entry.creation);
        boolean create = effect instanceof Effect.Create;
        List<Object> lane = List.of(
                create ? "create" : "read",
                connection.cloud(),
                connection.region(),
                connection.key().id());
        double rate = create
                ? capabilities.createsPerSecond() * SHARE_OF_CREATES
                : capabilities.readsPerSecond() * SHARE_OF_READS;
        Cloud cloud = entry.cloud;
        CallScope scope = new CallScope();
        entry.reads = scope;
        entry.calling = lanes.submit(
                lane, new Lanes.Limit(CALLS_AT_ONCE, rate), () -> answer(effect, cloud, scope), (answer, failure) -> {
                    entry.calling = null;
                    entry.effect = null;
                    CloudError error = failure == null ? answer.error() : error(failure, Acted.MAYBE);
                    if (answer != null) {
                        lanes.charge(lane, answer.calls() - 1);
                        heard(entry, answer.time());
                    }
                    if (error != null && error.kind() == ErrorKind.AUTHENTICATION) {
                        entry.connectedAt = scheduler.uptime().minus(KEY_AGE).minusSeconds(1);
                    }
                    entry.result = new Result(effect, answer == null ? null : answer.value(), error);
                    process(entry);
                });
    }

    private void heard(Entry entry, @Nullable Instant cloudTime) {
        if (cloudTime != null) {
            entry.cloudClock = new CloudClock(cloudTime, scheduler.uptime());
        }
    }

    private static Answer answer(Effect effect, Cloud cloud, CallScope scope) {
        try {
            Object value = effect.changes() ? effect.run(cloud) : scope.run(() -> effect.run(cloud));
            return new Answer(value, null, scope.calls(), cloud.time().orElse(null));
        } catch (CloudException e) {
            return new Answer(null, e.error(), scope.calls(), cloud.time().orElse(null));
        }
    }

    private static CloudError error(Throwable failure, Acted acted) {
        return failure instanceof CloudException known
                ? known.error()
                : CloudError.of(ErrorKind.UNAVAILABLE, acted)
                        .message(Messages.Controller_failed(failure))
                        .advice(Messages.Controller_log());
    }

    private void tell(Entry entry) {
        Creation creation = entry.creation;
        Duration now = scheduler.uptime();
        if (entry.telling != null || creation.equals(entry.told) || !entry.mayBeTold()) {
            return;
        }
        if (now.compareTo(entry.tellAfter) < 0) {
            wake(entry, entry.tellAfter.minus(now));
            return;
        }
        CreationEngine.Listener listener = entry.listener;
        entry.telling = lanes.submit(
                List.of("tell", entry.key),
                ONE,
                () -> {
                    listener.changed(creation);
                    return null;
                },
                (nothing, failure) -> {
                    entry.telling = null;
                    if (failure == null) {
                        entry.tellFailures = 0;
                        entry.told = listener == entry.listener ? creation : null;
                    } else {
                        entry.tellFailures++;
                        entry.tellAfter =
                                scheduler.uptime().plus(backoff.after(entry.tellFailures, error(failure, Acted.NO)));
                        LOGGER.log(Level.WARNING, failure, () -> "The build of " + entry.key + " is told again");
                    }
                    process(entry);
                });
    }

    /** The poller looks after the image while it is made, with the key as it is now. */
    private void watch(Entry entry) {
        boolean wanted = Reconciler.isWatched(entry.creation) && entry.connection != null;
        if (entry.watch != null && (!wanted || !entry.connection.equals(entry.watched))) {
            entry.watch.cancel();
            entry.watch = null;
        }
        if (wanted && entry.watch == null) {
            entry.watched = entry.connection;
            entry.watch = poller.watch(entry.connection, entry.creation.imageId(), new Observer(entry));
        }
    }

    /** Turns what the poller sees into an observation. */
    private final class Observer implements ImagePoller.Observer {
        private final Entry entry;

        Observer(Entry entry) {
            this.entry = entry;
        }

        @Override
        public void seen(CloudImage image) {
            sighted(image, null);
        }

        @Override
        public void absent() {
            sighted(null, null);
        }

        @Override
        public void failed(CloudError error) {
            sighted(null, error);
        }

        @Override
        public void time(Instant cloudTime) {
            mailbox.post(() -> heard(entry, cloudTime));
        }

        private void sighted(CloudImage image, CloudError error) {
            Sighting sighting = new Sighting(image, error, scheduler.uptime());
            mailbox.post(() -> {
                entry.sighting = sighting;
                if (error != null && error.kind() == ErrorKind.AUTHENTICATION) {
                    entry.connectedAt = scheduler.uptime().minus(KEY_AGE).minusSeconds(1);
                }
                process(entry);
            });
        }
    }
}

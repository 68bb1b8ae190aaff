package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * Moves creations from the ledger to their outcome. Timers, responses, aborts and restarts only wake a creation up.
 * What happens next follows from its record and the observations. No thread is held between two steps.
 */
public final class CreationEngine {
    private static final Logger LOGGER = Logger.getLogger(CreationEngine.class.getName());
    private static final Duration RESYNC = Duration.ofMinutes(1);
    /**
     * Open records are saved at least this often, because a record that was not saved for a day is fenced after a
     * restart.
     */
    private static final Duration HEARTBEAT = Duration.ofHours(6);
    /** A record whose last save is older may come from a backup. */
    private static final Duration FENCED_AFTER = Duration.ofHours(24);

    private final Clouds clouds;
    private final Backoff backoff;
    private final Ledger ledger;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ImagePoller poller;
    private final Mailbox mailbox;
    private final Lanes lanes;
    private final Controller controller;
    private final Administration administration;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    /** When the next resync is due. */
    private Duration resyncAt = Duration.ZERO;

    /** Finds the endpoint and the key of a creation. */
    @FunctionalInterface
    public interface Connector {
        /**
         * Looks up the endpoint and the key, anew each time. May block.
         *
         * @throws CloudException if the endpoint or the key does not exist
         */
        CloudConnection connect(Creation creation) throws CloudException;

        /**
         * The cloud refused the key of a connection, so a temporary key must not be used again. Comes before the next
         * look-up.
         */
        default void refused(CloudConnection connection) {}
    }

    /** Receives a creation's progress. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The creation changed. The calls for one creation come one at a time and in order, and are repeated if they
         * fail.
         *
         * <p>Exactly one change makes it {@link Creation#ended()}, which ends the wait of its build. An abort and a
         * time-out are reported at once, any other end when it is on disk. Later changes are about the cleanup tasks.
         * The last one is {@link Creation#done()}. A creation that is run again after its end is first reported in its
         * present state.
         */
        void changed(Creation creation);
    }

    /**
     * @param hash a keyed hash that recognizes an account
     * @param predecessors the earlier images of jobs
     */
    public CreationEngine(
            Clouds clouds,
            Ledger ledger,
            Connector connector,
            UnaryOperator<String> hash,
            Scheduler scheduler,
            Clock clock,
            RandomGenerator random,
            ImagePoller poller,
            Predecessors predecessors) {
        this.clouds = clouds;
        this.backoff = new Backoff(random);
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.clock = clock;
        this.poller = poller;
        this.mailbox = new Mailbox(scheduler);
        this.lanes = new Lanes(scheduler, mailbox);
        this.controller = new Controller(
                clouds,
                ledger,
                connector,
                hash,
                scheduler,
                clock,
                poller,
                mailbox,
                lanes,
                backoff,
                predecessors,
                entries,
                this::finished);
        this.administration = new Administration(entries, ledger, scheduler, clock, mailbox, controller, this::start);
    }

    /** The administrators' view and decisions. */
    public Administration administration() {
        return administration;
    }

    /**
     * Reads the ledger, once, when the process starts. Until a record is run or cleaned up, it only reserves its name
     * and instance. Records that may be a copy or a restored backup are fenced.
     *
     * @param contradicted whether the build on disk contradicts the record
     */
    public void restore(Predicate<Creation> contradicted) {
        ledger.removeUnfinished();
        for (StoredCreation stored : ledger.all().records()) {
            Entry entry = restored(stored, contradicted.test(stored.creation()));
            entries.putIfAbsent(entry.key, entry);
        }
    }

    private Entry restored(StoredCreation stored, boolean contradicted) {
        Duration now = scheduler.uptime();
        Entry entry = new Entry(stored.creation(), now);
        entry.restored = now;
        entry.saved = stored.creation();
        entry.revision = stored.revision();
        entry.savedAt = stored.saved();
        entry.fenced = contradicted
                || !ledger.home().equals(stored.home())
                || Duration.between(stored.saved(), clock.instant()).compareTo(FENCED_AFTER) > 0;
        // It stays fenced after the next restart, although its last save is recent by then.
        entry.home = entry.fenced ? Ledger.NO_HOME : null;
        return entry;
    }

    /**
     * Continues a creation for a build that waits for it. If it is already under way, the listener is replaced.
     *
     * @param creation the record as it was saved or loaded; a newer live record is used instead, with this one's build
     */
    public void run(Creation creation, Listener listener) {
        mailbox.postSurely(
                () -> {
                    Entry entry = entries.computeIfAbsent(creation.key(), key -> fresh(creation));
                    rename(entry, creation.build().build());
                    entry.awaited = true;
                    start(entry, listener);
                },
                RESYNC);
    }

    private Entry fresh(Creation creation) {
        Entry entry = new Entry(creation, scheduler.uptime());
        entry.saved = creation;
        entry.savedAt = clock.instant();
        entry.revision = 1;
        return entry;
    }

    private void start(Entry entry, Listener listener) {
        entry.started = true;
        entry.listener = listener;
        entry.reported = entry.creation.ended() ? null : entry.creation;
        resyncLater();
        controller.process(entry);
    }

    /**
     * Continues a creation for which no build waits any more. If it has not ended, it ends as abandoned. A deletion is
     * carried through, because its build has asked for it.
     *
     * @param key the creation's key; ignored if there is no record
     */
    public void cleanUp(String key, Listener listener) {
        mailbox.postSurely(
                () -> {
                    Entry entry = entries.get(key);
                    if (entry != null) {
                        cleanUp(entry, listener);
                    } else {
                        loadAndCleanUp(key, listener);
                    }
                },
                RESYNC);
    }

    private void loadAndCleanUp(String key, Listener listener) {
        lanes.submit("disk", new Lanes.Limit(2, 0), () -> ledger.load(key), (stored, failure) -> {
            boolean open = failure == null
                    && stored.isPresent()
                    && !stored.get().creation().done();
            if (open) {
                Entry loaded = restored(stored.get(), false);
                cleanUp(entries.computeIfAbsent(key, absent -> loaded), listener);
            }
        });
    }

    private void cleanUp(Entry entry, Listener listener) {
        if (controller.copies().isNeeded(entry)) {
            // Its source's creation continues it.
            return;
        }
        if (entry.creation.done() && !entry.started) {
            finished(entry);
            return;
        }
        entry.awaited = false;
        if (!entry.creation.ended() && entry.stopped == null && entry.creation.deletion() == null) {
            entry.stopped = Outcome.ABANDONED;
        }
        start(entry, listener);
    }

    /**
     * Ends a creation as aborted and tells its listener at once. A create call that was sent is allowed to finish; what
     * it made is kept or deleted in the background, as the creation's options say. The image of a deletion that has only looked
     * at it stays; a deletion that has begun is carried through.
     *
     * @param key the creation's key; ignored if it is unknown
     */
    public void abort(String key) {
        mailbox.post(() -> {
            Entry entry = entries.get(key);
            if (entry != null) {
                entry.stopped = Outcome.ABORTED;
                controller.process(entry);
            }
        });
    }

    /** Begins to look for an image. Returns at once. */
    public ImageSearch find(ImageSearch.Request request, ImageSearch.Listener searcher) {
        ImageSearch search = new ImageSearch(clouds, mailbox, lanes, backoff, request, searcher);
        search.begin();
        return search;
    }

    /**
     * Removes the record of a creation without open tasks, once no save of it is under way.
     *
     * @param key the creation's key; ignored if tasks are open
     */
    public void remove(String key) {
        mailbox.post(() -> {
            Entry entry = entries.get(key);
            if (entry == null) {
                removeFromDisk(key);
            } else if (entry.creation.done()
                    && !entry.creation.needsPerson()
                    && !controller.copies().isNeeded(entry)) {
                entry.forgotten = () -> entries.remove(key, entry);
                controller.process(entry);
            }
        });
    }

    private void removeFromDisk(String key) {
        lanes.submit(
                "disk",
                new Lanes.Limit(2, 0),
                () -> {
                    ledger.remove(key);
                    return null;
                },
                (nothing, failure) -> {});
    }

    /** Whether a build waits for a creation in this process, which is so until the creation has ended. */
    public boolean isAwaited(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.awaited && !entry.creation.ended();
    }

    private void finished(Entry entry) {
        if (!entry.creation.needsPerson() && !controller.copies().isNeeded(entry)) {
            entries.remove(entry.key, entry);
            controller.copies().finished(entry);
        }
    }

    /**
     * Wakes all open creations, so that a lost wake-up delays nothing for more than a minute. The engine calls it
     * itself; additional calls do no harm.
     */
    public void resync() {
        mailbox.post(() -> {
            lanes.resync();
            poller.resync();
            boolean open = false;
            for (Entry entry : entries.values()) {
                if (entry.isOpen()) {
                    open = true;
                    controller.note(entry, HEARTBEAT);
                    controller.process(entry);
                }
            }
            if (open) {
                resyncLater();
            }
        });
    }

    /** Plans the next resync twice, because a timer task can be lost. */
    private void resyncLater() {
        Duration now = scheduler.uptime();
        if (resyncAt.compareTo(now) <= 0) {
            resyncAt = now.plus(RESYNC);
            remind(this::resync, RESYNC);
            remind(this::resyncIfOverdue, RESYNC.multipliedBy(3).dividedBy(2));
        }
    }

    /** Schedules a task; a failure to do so must not disturb the caller. */
    private void remind(Runnable task, Duration delay) {
        try {
            scheduler.schedule(task, delay);
        } catch (Throwable t) { // no thread can be made now; the other timer task or the next event makes up for it
            LOGGER.log(Level.WARNING, t, () -> "Cannot plan the next look at all creations");
        }
    }

    private void resyncIfOverdue() {
        mailbox.post(() -> {
            if (resyncAt.compareTo(scheduler.uptime()) < 0) {
                resync();
            }
        });
    }

    /** The creations of this process. */
    public List<Creation> creations() {
        return entries.values().stream().map(entry -> entry.creation).toList();
    }

    /**
     * A creation in its present state.
     *
     * @return the live record, or else the one in the ledger
     * @throws java.io.UncheckedIOException if the record cannot be read
     */
    public Optional<Creation> find(String key) {
        Entry entry = entries.get(key);
        return entry == null ? ledger.load(key).map(StoredCreation::creation) : Optional.of(entry.creation);
    }

    /**
     * Updates the records of builds whose job was renamed or moved.
     *
     * @param newName returns the new name of a build, or null if it has not changed
     */
    public void buildsMoved(UnaryOperator<String> newName) {
        mailbox.post(() -> entries.values().forEach(entry -> {
            String name = newName.apply(entry.creation.build().build());
            if (name != null) {
                rename(entry, name);
                controller.process(entry);
            }
        }));
    }

    private static void rename(Entry entry, String build) {
        if (!entry.creation.build().build().equals(build)) {
            entry.creation = entry.creation.builtBy(build);
            entry.unsaved = true;
        }
    }
}

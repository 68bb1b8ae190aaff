package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Pacer;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * Carries creations from the ledger to their outcome. Before every outward call the record is saved; a creation that is
 * found in the ledger after a restart goes on from there. No thread is held between two steps.
 */
public final class CreationEngine {
    private static final Logger LOGGER = Logger.getLogger(CreationEngine.class.getName());

    /** How long to wait until a record that could not be saved is saved again. */
    private static final Duration DISK_AGAIN = Duration.ofMinutes(1);

    private final Clouds clouds;
    private final Ledger ledger;
    private final Connector connector;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ImagePoller poller;
    private final Pacer createPace;
    private final Steps steps;
    private final CleanUp cleanUp;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Names names;

    /** Finds the account that a creation uses. */
    @FunctionalInterface
    public interface Connector {
        /**
         * Looks up endpoint and key, anew each time.
         *
         * @param creation the creation
         * @return where and as whom its calls are made
         * @throws CloudException if there is no such endpoint or key
         */
        CloudConnection connect(Creation creation) throws CloudException;
    }

    /** Is told of a creation's progress. */
    @FunctionalInterface
    public interface Listener {
        /**
         * The creation changed and is saved. Calls come one after the other, in order.
         *
         * <p>Exactly one change makes it {@link Creation#ended()}: outcome, error and image are told, and whoever waited is
         * to wait no longer. An abort, a time-out and a failure are told at once; a ready image is told once its machine,
         * if we shut it down, was asked to start again, or once waiting for that is in vain or the deadline has passed.
         *
         * <p>If something is to be put right after that, further calls tell of it: the outcome stays, the chores change,
         * and an image that was in doubt may get its id. The last call is the one in which it is {@link Creation#done()};
         * where nothing is to be put right it is the one that tells the end. A record that is run again after its end is
         * first told as it is.
         *
         * @param creation the creation as it is now
         */
        void changed(Creation creation);
    }

    /**
     * Makes an engine without creations.
     *
     * @param clouds makes the clients
     * @param ledger keeps the records
     * @param connector finds the accounts
     * @param scheduler runs the steps
     * @param clock the wall clock, by which deadlines are judged
     * @param random the jitter of pauses
     * @param poller waits for images
     */
    public CreationEngine(
            Clouds clouds,
            Ledger ledger,
            Connector connector,
            Scheduler scheduler,
            Clock clock,
            RandomGenerator random,
            ImagePoller poller) {
        this.clouds = clouds;
        this.ledger = ledger;
        this.connector = connector;
        this.scheduler = scheduler;
        this.clock = clock;
        this.poller = poller;
        this.createPace = new Pacer(scheduler);
        this.steps = new Steps(clock, new Backoff(random));
        this.cleanUp = new CleanUp(clock, new Backoff(random));
        this.names = new Names(clock);
    }

    /**
     * Goes on with a creation that is in the ledger, wherever it stands. A second call for one that is under way changes
     * nothing.
     *
     * @param creation the record as it was saved or loaded
     * @param listener who wants to know
     */
    public void run(Creation creation, Listener listener) {
        Creation first = creation;
        if (creation.phase() == Phase.SUBMITTING
                && creation.progress().doubtSince() == null
                && !creation.request().dryRun()) {
            // The record says that a create was about to leave, and who wrote that is gone: it may have left.
            first = creation.with(creation.progress().inDoubt(null, clock.instant()));
        }
        Run run = new Run(creation, first, listener);
        if (runs.putIfAbsent(creation.key(), run) == null) {
            run.schedule(Duration.ZERO);
        }
    }

    /**
     * Goes on with a creation for which no build waits any more: one that has not ended is ended as aborted.
     *
     * @param creation the record as it was saved or loaded
     * @param listener who wants to know
     */
    public void cleanUp(Creation creation, Listener listener) {
        run(creation, listener);
        abort(creation.key());
    }

    private Creation underWay(String key) {
        Run run = runs.get(key);
        return run == null ? null : run.creation();
    }

    /**
     * Ends a creation as aborted; its listener is told at once. A create that is under way is left to finish, and what it
     * made is kept or deleted in the background, as the creation's options say.
     *
     * @param key the creation's key; unknown ones are ignored
     */
    public void abort(String key) {
        Run run = runs.get(key);
        if (run != null) {
            run.abort();
        }
    }

    /**
     * One creation that is under way. Its steps run one after the other; all state is guarded by the run itself, and what
     * is saved and told leaves in order.
     */
    private final class Run {
        private final Listener listener;
        /** Held while a record is saved and told; never asked for by whoever holds the run itself. */
        private final Object order = new Object();

        private Creation creation;
        private Creation saved;
        private Creation told;
        private int ticket;
        private boolean stepping;
        private boolean aborted;
        private boolean finished;
        private ImageWait wait;

        Run(Creation record, Creation first, Listener listener) {
            this.creation = first;
            this.saved = record;
            this.told = record.ended() ? null : record;
            this.listener = listener;
        }

        /** Only the step that was planned last is made. */
        synchronized void schedule(Duration pause) {
            ticket++;
            int number = ticket;
            scheduler.schedule(() -> step(number), pause);
        }

        synchronized Creation creation() {
            return creation;
        }

        synchronized void abort() {
            aborted = true;
            if (stepping) {
                scheduler.schedule(this::abortAtOnce, Duration.ZERO);
            } else if (!creation.ended()) {
                schedule(Duration.ZERO);
            }
        }

        /** Tells the end while a call is still under way, whose answer then goes to the clean-up. */
        private void abortAtOnce() {
            synchronized (order) {
                synchronized (this) {
                    if (finished || creation.ended()) {
                        return;
                    }
                    if (!stepping) {
                        schedule(Duration.ZERO);
                        return;
                    }
                    if (creation.phase() == Phase.SUBMITTING
                            && creation.progress().doubtSince() == null
                            && !creation.request().dryRun()) {
                        creation = creation.with(creation.progress().inDoubt(null, clock.instant()));
                    }
                    creation = aborted(creation, clock.instant());
                }
                publish();
            }
        }

        /** An image that was ready before stays so. */
        private Creation aborted(Creation current, Instant moment) {
            return current.progress().outcome() == null
                    ? current.end(Outcome.ABORTED, null, moment)
                    : current.with(current.progress().told(moment));
        }

        private void step(int number) {
            Creation current = begin(number);
            if (current == null) {
                return;
            }
            try {
                if (isNews(current)) {
                    commit(current, current, Duration.ZERO);
                    return;
                }
                switch (current.phase()) {
                    case RESTORING -> restore(current);
                    case BUILDING -> build(current);
                    default -> advance(current);
                }
            } catch (CloudException e) {
                fail(current, e.error());
            } catch (RuntimeException | LinkageError e) {
                // A creation that only stopped here would never end, not even by an abort.
                LOGGER.log(Level.WARNING, e, () -> "The creation " + current.key() + " cannot go on");
                fail(
                        current,
                        CloudError.of(ErrorKind.UNAVAILABLE, Acted.MAYBE)
                                .message("The creation cannot go on: " + e)
                                .advice("See the controller's log."));
            }
        }

        /** The creation to go on with, or null if another step is under way or it waits for its image. */
        private synchronized Creation begin(int number) {
            if (stepping || finished || number != ticket || wait != null && !aborted) {
                return null;
            }
            if (aborted && !creation.ended()) {
                creation = aborted(creation, clock.instant());
            }
            stepping = true;
            return creation;
        }

        private synchronized boolean isNews(Creation current) {
            return !current.equals(saved) || !current.equals(told);
        }

        private void advance(Creation current) throws CloudException {
            CloudConnection connection = connector.connect(current);
            Capabilities capabilities = clouds.provider(connection.cloud()).capabilities();
            CloudError held = null;
            if (current.phase() != Phase.PLANNED) {
                names.claim(connection, current);
            } else if (!current.request().dryRun()) {
                held = names.take(connection, current, CreationEngine.this::underWay);
            }
            Steps.Step step = steps.next(current, clouds.connect(connection), capabilities, held);
            Creation next = step.creation();
            boolean createLeaves =
                    next.phase() == Phase.SUBMITTING && next.progress().doubtSince() == null;
            Duration turn =
                    createLeaves ? createPace.reserve(connection, capabilities.createsPerSecond()) : Duration.ZERO;
            commit(current, next, turn.compareTo(step.pause()) > 0 ? turn : step.pause());
        }

        private void build(Creation current) throws CloudException {
            CloudConnection connection = connector.connect(current);
            if (!current.progress().reused()) {
                names.claim(connection, current);
            }
            ImageWait next = new ImageWait(current, connector, poller, clock, this::update);
            boolean begun;
            synchronized (this) {
                begun = creation.equals(current);
                wait = begun ? next : null;
            }
            if (begun) {
                next.start(connection);
            }
            synchronized (this) {
                stepping = false;
                if (aborted) {
                    schedule(Duration.ZERO);
                }
            }
        }

        private void restore(Creation current) throws CloudException {
            CloudConnection connection = connector.connect(current);
            boolean nameIsOurs = !current.claimsName() || names.claim(connection, current);
            Steps.Step step = cleanUp.next(current, clouds.connect(connection), nameIsOurs);
            commit(current, step.creation(), step.pause());
        }

        /** News of the image that is waited for; saved elsewhere, for the poller has others to tell. */
        private boolean update(Progress progress) {
            Creation current;
            synchronized (this) {
                if (stepping || creation.progress().outcome() != null) {
                    return false;
                }
                stepping = true;
                current = creation;
            }
            scheduler.schedule(() -> commit(current, current.with(progress), Duration.ZERO), Duration.ZERO);
            return true;
        }

        private void fail(Creation current, CloudError error) {
            if (current.progress().outcome() == null) {
                commit(current, current.end(Outcome.FAILED, error, clock.instant()), Duration.ZERO);
            } else {
                Steps.Step step = cleanUp.failed(current, error);
                commit(current, step.creation(), step.pause());
            }
        }

        /** Saves, tells, and plans what comes next. */
        private void commit(Creation before, Creation changed, Duration pause) {
            synchronized (order) {
                synchronized (this) {
                    if (finished) {
                        return;
                    }
                    // Unless it was aborted in the meantime, this is what the step began with.
                    creation = creation.equals(before) ? changed : late(changed);
                }
                boolean onDisk = publish();
                synchronized (this) {
                    stepping = false;
                    if (!finished && (wait == null || aborted)) {
                        schedule(!onDisk ? DISK_AGAIN : aborted && !creation.ended() ? Duration.ZERO : pause);
                    }
                }
            }
        }

        /** What came out of a call that was under way when the creation was aborted: it changes what is left to do. */
        private Creation late(Creation changed) {
            Instant end = Objects.requireNonNull(creation.progress().ended());
            return creation.progress().outcome() == Outcome.ABORTED
                    ? changed.end(Outcome.ABORTED, null, end)
                    : changed.with(changed.progress().told(end));
        }

        /**
         * Saves and tells the creation as it is now. What cannot be saved ends before anything more is sent; what is then
         * left to do waits for the disk. The order is held.
         *
         * @return whether the record is on the disk
         */
        private boolean publish() {
            Creation next;
            boolean onDisk;
            synchronized (this) {
                next = creation;
                onDisk = next.equals(saved);
            }
            try {
                if (!onDisk) {
                    ledger.save(next);
                    onDisk = true;
                }
            } catch (UncheckedIOException e) {
                LOGGER.log(Level.SEVERE, "A creation cannot be saved", e);
                if (next.progress().outcome() == null) {
                    next = next.end(Outcome.FAILED, unsaved(e), clock.instant());
                }
            }
            ImageWait last;
            boolean isNew;
            synchronized (this) {
                creation = next;
                saved = onDisk ? next : saved;
                isNew = !next.equals(told);
                told = next;
                finished = next.done();
                last = next.progress().outcome() == null ? null : wait;
                wait = last == null ? wait : null;
            }
            if (!next.claimsName()) {
                names.release(next.key());
            }
            if (next.done()) {
                runs.remove(next.key());
            }
            // Outside of the lock, for a wait that tells its news holds its own and asks for this one.
            if (last != null) {
                last.cancel();
            }
            // Told before the next step can begin, so that the listener hears of all in order.
            if (isNew) {
                tell(next);
            }
            return onDisk;
        }

        private void tell(Creation news) {
            try {
                listener.changed(news);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "A listener failed for the creation " + news.key());
            }
        }

        private CloudError unsaved(UncheckedIOException e) {
            return CloudError.of(ErrorKind.UNAVAILABLE, Acted.NO)
                    .message(e.getMessage())
                    .advice("Check the disk of the controller; if an image id is given, that image exists.");
        }
    }
}

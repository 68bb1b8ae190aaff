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
import java.util.Map;
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

    private final Clouds clouds;
    private final Ledger ledger;
    private final Connector connector;
    private final Scheduler scheduler;
    private final Clock clock;
    private final ImagePoller poller;
    private final Pacer createPace;
    private final Steps steps;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private final Map<Name, String> names = new ConcurrentHashMap<>();

    /** A name that a creation is about to give or gave to an image, with the account in which it must be unique. */
    private record Name(CloudConnection account, String imageName) {}

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
         * The creation changed and is saved. The last call is the one in which it is {@link Creation#done()}.
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
        Run run = new Run(first, listener);
        if (runs.putIfAbsent(creation.key(), run) == null) {
            run.schedule(Duration.ZERO);
        }
    }

    /**
     * Ends a creation as aborted. A create that is under way is left to finish, so that its image is known.
     *
     * @param key the creation's key; unknown ones are ignored
     */
    public void abort(String key) {
        Run run = runs.get(key);
        if (run != null) {
            run.abort();
        }
    }

    /** One creation that is under way. Its steps run one after the other; all state is guarded by the run itself. */
    private final class Run {
        private final Listener listener;
        private Creation creation;
        private boolean stepping;
        private boolean aborted;
        private ImageWait wait;

        Run(Creation creation, Listener listener) {
            this.creation = creation;
            this.listener = listener;
        }

        void schedule(Duration pause) {
            scheduler.schedule(this::step, pause);
        }

        synchronized void abort() {
            aborted = true;
            if (!stepping) {
                schedule(Duration.ZERO);
            }
        }

        private void step() {
            Creation current = begin();
            if (current == null) {
                return;
            }
            try {
                switch (current.phase()) {
                    case DONE -> commit(current, Duration.ZERO);
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
        private synchronized Creation begin() {
            if (stepping || runs.get(creation.key()) != this || wait != null && !aborted) {
                return null;
            }
            if (aborted && !creation.done()) {
                creation = creation.with(creation.progress().done(Outcome.ABORTED, null, clock.instant()));
            }
            stepping = true;
            return creation;
        }

        /** Two creations of one name in flight could adopt each other's image. */
        private CloudConnection connect(Creation current) throws CloudException {
            CloudConnection connection = connector.connect(current);
            String holder =
                    names.putIfAbsent(new Name(connection, current.request().imageName()), current.key());
            if (current.phase() == Phase.PLANNED && holder != null && !holder.equals(current.key())) {
                throw CloudError.of(ErrorKind.NAME_TAKEN, Acted.NO)
                        .message("Another build is making an image named \""
                                + current.request().imageName() + "\" in the same account and region")
                        .advice("Choose another imageName, for example with the build number in it.")
                        .exception();
            }
            return connection;
        }

        private void advance(Creation current) throws CloudException {
            CloudConnection connection = connect(current);
            Capabilities capabilities = clouds.provider(connection.cloud()).capabilities();
            Steps.Step step = steps.next(current, clouds.connect(connection), capabilities);
            Creation next = step.creation();
            boolean createLeaves =
                    next.phase() == Phase.SUBMITTING && next.progress().doubtSince() == null;
            Duration turn =
                    createLeaves ? createPace.reserve(connection, capabilities.createsPerSecond()) : Duration.ZERO;
            commit(next, turn.compareTo(step.pause()) > 0 ? turn : step.pause());
        }

        private void build(Creation current) throws CloudException {
            CloudConnection connection = connect(current);
            ImageWait next = new ImageWait(current, connector, poller, clock, this::update);
            synchronized (this) {
                wait = next;
            }
            next.start(connection);
            synchronized (this) {
                stepping = false;
                if (aborted) {
                    schedule(Duration.ZERO);
                }
            }
        }

        /** News of the image that is waited for; saved elsewhere, for the poller has others to tell. */
        private boolean update(Progress progress) {
            Creation next;
            synchronized (this) {
                if (stepping || creation.done()) {
                    return false;
                }
                stepping = true;
                next = creation.with(progress);
            }
            scheduler.schedule(() -> commit(next, Duration.ZERO), Duration.ZERO);
            return true;
        }

        private void fail(Creation current, CloudError error) {
            commit(current.with(current.progress().done(Outcome.FAILED, error, clock.instant())), Duration.ZERO);
        }

        /** Saves, tells, and plans what comes next. What cannot be saved ends here, before anything more is sent. */
        private void commit(Creation changed, Duration pause) {
            Creation next = changed;
            try {
                ledger.save(changed);
            } catch (UncheckedIOException e) {
                LOGGER.log(Level.SEVERE, "A creation cannot be saved", e);
                if (!changed.done()) {
                    next = changed.with(changed.progress().done(Outcome.FAILED, unsaved(e), clock.instant()));
                }
            }
            if (next.done()) {
                finish(next);
                tell(next);
                return;
            }
            // Told before the next step can begin, so that the listener hears of all in order.
            tell(next);
            synchronized (this) {
                creation = next;
                stepping = false;
                if (wait == null || aborted) {
                    schedule(aborted ? Duration.ZERO : pause);
                }
            }
        }

        private void finish(Creation end) {
            ImageWait last;
            synchronized (this) {
                creation = end;
                last = wait;
            }
            runs.remove(end.key());
            names.values().removeIf(end.key()::equals);
            // Outside of the lock, for a wait that tells its news holds its own and asks for this one.
            if (last != null) {
                last.cancel();
            }
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

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Carries creations from the ledger to their outcome. Before every outward call the record is saved; a creation that is
 * found in the ledger after a restart goes on from there. No thread is held between two steps.
 */
public final class CreationEngine {
    private final Ledger ledger;
    private final Clock clock;
    private final Workshop workshop;
    private final Map<String, CreationRun> runs = new ConcurrentHashMap<>();

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
     * Makes an engine without creations. Names and machines that records in the ledger claim are kept for them.
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
        this.ledger = ledger;
        this.clock = clock;
        this.workshop = new Workshop(clouds, ledger, connector, scheduler, clock, random, poller, this::underWay);
    }

    /**
     * Goes on with a creation that is in the ledger, wherever it stands. A second call for one that is under way changes
     * nothing.
     *
     * @param creation the record as it was saved or loaded
     * @param listener who wants to know
     */
    public void run(Creation creation, Listener listener) {
        CreationRun run = stillRun(creation, listener);
        if (runs.putIfAbsent(creation.key(), run) == null) {
            run.schedule(Duration.ZERO);
        }
    }

    private CreationRun stillRun(Creation creation, Listener listener) {
        Creation first = creation;
        if (creation.phase() == Phase.SUBMITTING
                && creation.progress().doubtSince() == null
                && !creation.request().dryRun()) {
            // The record says that a create was about to leave, and who wrote that is gone: it may have left.
            first = creation.with(creation.progress().inDoubt(null, clock.instant()));
        }
        return new CreationRun(workshop, creation, first, listener, () -> runs.remove(creation.key()));
    }

    /**
     * Goes on with a creation for which no build waits any more: one that has not ended is ended as aborted. Its record is
     * read while it can neither begin nor end, for by an older one a finished creation would begin once more.
     *
     * @param key the creation's key; one without a record or with nothing left to do is ignored
     * @param listener who wants to know
     */
    public void cleanUp(String key, Listener listener) {
        List<CreationRun> begun = new ArrayList<>();
        runs.computeIfAbsent(key, absent -> {
            ledger.load(key)
                    .filter(record -> !record.done())
                    .ifPresent(record -> begun.add(stillRun(record, listener)));
            return begun.isEmpty() ? null : begun.get(0);
        });
        begun.forEach(run -> run.schedule(Duration.ZERO));
        abort(key);
    }

    private Creation underWay(String key) {
        CreationRun run = runs.get(key);
        return run == null ? null : run.creation();
    }

    /**
     * Ends a creation as aborted; its listener is told at once. A read that is under way is given up; a create is left to
     * finish, and what it made is kept or deleted in the background, as the creation's options say.
     *
     * @param key the creation's key; unknown ones are ignored
     */
    public void abort(String key) {
        CreationRun run = runs.get(key);
        if (run != null) {
            run.abort();
        }
    }
}

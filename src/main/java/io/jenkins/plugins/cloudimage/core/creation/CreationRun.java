package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One creation that is under way. Its steps run one after the other; all state is guarded by the run itself, and what
 * is saved and told leaves in order.
 */
final class CreationRun {
    private static final Logger LOGGER = Logger.getLogger(CreationRun.class.getName());

    /** How long to wait until a record that could not be saved is saved again. */
    private static final Duration DISK_AGAIN = Duration.ofMinutes(1);

    private final Workshop workshop;
    private final CreationEngine.Listener listener;
    private final Runnable whenDone;
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
    /** The reads of the step that is being made. */
    private CallScope reads = new CallScope();
    /** What the account's next free moment was taken for. */
    private Creation paced;

    /**
     * Makes a run that stands still.
     *
     * @param record the creation as it is in the ledger
     * @param first the creation to go on with
     * @param whenDone is run when nothing is left to do
     */
    CreationRun(
            Workshop workshop, Creation record, Creation first, CreationEngine.Listener listener, Runnable whenDone) {
        this.workshop = workshop;
        this.creation = first;
        this.saved = record;
        this.told = record.ended() ? null : record;
        this.listener = listener;
        this.whenDone = whenDone;
    }

    /** Only the step that was planned last is made. */
    synchronized void schedule(Duration pause) {
        ticket++;
        int number = ticket;
        workshop.scheduler().schedule(() -> step(number), pause);
    }

    synchronized Creation creation() {
        return creation;
    }

    synchronized void abort() {
        aborted = true;
        if (stepping) {
            reads.cancel();
            workshop.scheduler().schedule(this::abortAtOnce, Duration.ZERO);
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
                    creation = creation.with(creation.progress().inDoubt(null, now()));
                }
                creation = aborted(creation, now());
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
            CloudConnection account = workshop.connect(current);
            if (current.phase() == Phase.BUILDING) {
                build(current, account);
            } else if (isItsTurn(current, account)) {
                make(current, account);
            }
        } catch (CloudException e) {
            fail(current, e.error());
        } catch (RuntimeException | LinkageError e) {
            // A creation that only stopped here would never end, not even by an abort.
            LOGGER.log(Level.WARNING, e, () -> "The creation " + current.key() + " cannot go on");
            fail(
                    current,
                    CloudError.of(ErrorKind.UNAVAILABLE, Acted.MAYBE)
                            .message(Messages.CreationRun_stopped(e))
                            .advice(Messages.CreationRun_log()));
        }
    }

    /** The creation to go on with, or null if another step is under way or it waits for its image. */
    private synchronized Creation begin(int number) {
        if (stepping || finished || number != ticket || wait != null && !aborted) {
            return null;
        }
        if (aborted && !creation.ended()) {
            creation = aborted(creation, now());
        }
        stepping = true;
        reads = new CallScope();
        return creation;
    }

    private synchronized boolean isNews(Creation current) {
        return !current.equals(saved) || !current.equals(told);
    }

    /** Puts the step off until the account's rate allows its call, and drops it if it was aborted by now. */
    private synchronized boolean isItsTurn(Creation current, CloudConnection account) {
        boolean dropped = aborted && current.progress().outcome() == null;
        Duration turn = dropped || paced == current ? Duration.ZERO : workshop.turn(current, account);
        paced = turn.isZero() ? null : current;
        if (!dropped && turn.isZero()) {
            return true;
        }
        stepping = false;
        schedule(turn);
        return false;
    }

    private void make(Creation current, CloudConnection account) {
        Steps.Step step = current.phase() == Phase.RESTORING
                ? workshop.restore(current, account)
                : workshop.advance(current, account, scope());
        commit(current, step.creation(), step.pause());
    }

    private synchronized CallScope scope() {
        return reads;
    }

    private void build(Creation current, CloudConnection account) {
        ImageWait next = workshop.awaits(current, account, this::update);
        boolean begun;
        synchronized (this) {
            begun = creation.equals(current);
            wait = begun ? next : null;
        }
        if (begun) {
            next.start(account);
        }
        synchronized (this) {
            stepping = false;
            if (aborted) {
                schedule(Duration.ZERO);
            }
        }
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
        workshop.scheduler().schedule(() -> commit(current, current.with(progress), Duration.ZERO), Duration.ZERO);
        return true;
    }

    private void fail(Creation current, CloudError error) {
        workshop.wake(current);
        if (current.progress().outcome() == null) {
            commit(current, current.end(Outcome.FAILED, error, now()), Duration.ZERO);
        } else {
            Steps.Step step = workshop.notRestored(current, error);
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
                if (aborted && !creation.ended()) {
                    // Whatever came out of a read that was given up is no news.
                    creation = aborted(creation, now());
                }
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
        boolean changed;
        synchronized (this) {
            next = creation;
            changed = !next.equals(saved);
        }
        CloudError refusal = changed ? workshop.save(next) : null;
        boolean onDisk = refusal == null;
        if (!onDisk && next.progress().outcome() == null) {
            next = next.end(Outcome.FAILED, refusal, now());
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
        workshop.release(next);
        if (next.done()) {
            whenDone.run();
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
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "A listener failed for the creation " + news.key());
        }
    }

    private Instant now() {
        return workshop.clock().instant();
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writes the records of creations to the ledger and removes them. */
final class Saving {
    private static final Logger LOGGER = Logger.getLogger(Saving.class.getName());
    private static final String LANE = "disk";
    private static final Lanes.Limit DISK = new Lanes.Limit(2, 0);

    private final Ledger ledger;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Requeue queue;

    Saving(Ledger ledger, Scheduler scheduler, Clock clock, Lanes lanes, Backoff backoff, Requeue queue) {
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.clock = clock;
        this.lanes = lanes;
        this.backoff = backoff;
        this.queue = queue;
    }

    /** Saves what must be on disk before the next call or before the end is reported; a failure is retried. */
    void save(Entry entry) {
        Duration now = scheduler.uptime();
        if (entry.saving != null) {
            return;
        }
        if (now.compareTo(entry.saveAfter) < 0) {
            queue.wake(entry, entry.saveAfter.minus(now));
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
                LANE,
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
                        entry.saveAfter = scheduler
                                .uptime()
                                .plus(backoff.after(entry.saveFailures, Failures.error(failure, SideEffect.NONE)));
                        LOGGER.log(Level.SEVERE, failure, () -> "The creation " + entry.key + " cannot be saved");
                    }
                    queue.process(entry);
                });
    }

    /** Saves progress; nothing is lost if that fails. */
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
                LANE,
                DISK,
                () -> {
                    ledger.save(creation, revision, home, false);
                    return null;
                },
                (nothing, failure) -> {
                    entry.saving = null;
                    entry.writing = null;
                    // After a failure the disk may contain the old record or the new one.
                    entry.saved = failure == null ? creation : null;
                    entry.savedAt = failure == null ? clock.instant() : entry.savedAt;
                    queue.process(entry);
                });
    }

    /** Removes the record unless a save under way could write it again. */
    void remove(Entry entry) {
        if (entry.calling != null || entry.saving != null || entry.removing != null) {
            return;
        }
        entry.removing = lanes.submit(
                LANE,
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
                        queue.wake(entry, Duration.ofSeconds(10));
                    }
                });
    }
}

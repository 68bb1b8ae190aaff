package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.creation.Observations.Sighting;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.time.Duration;
import java.time.Instant;

/**
 * One creation in this process: the live record, what is on disk and reported of it, and what was observed. Only the
 * mailbox accesses it.
 */
final class Entry {
    /** How long an abort or the deadline waits for a save that is under way. */
    static final Duration DISK_PATIENCE = Duration.ofSeconds(2);

    final String key;
    Creation creation;
    Memory memory;
    CreationEngine.Listener listener;
    /** Whether a build waits for it in this process. */
    boolean awaited;
    /** Whether this process was asked to continue it; until then it only reserves its name and instance. */
    boolean started;

    @Nullable
    Creation saved;

    long revision;
    /** The folder of the first save, or null for this ledger. */
    @Nullable
    String home;

    /** Whether the home or the build's name has changed since the record was saved. */
    boolean unsaved;

    Instant savedAt;
    boolean fenced;

    /** Runs when the record is removed; null if nobody has asked to forget it. */
    @Nullable
    Runnable forgotten;

    @Nullable
    Creation reported;

    /** The record that is being written; until that is done, the disk may contain it or not. */
    @Nullable
    Creation writing;

    Lanes.Job saving;
    Lanes.Job looking;
    Lanes.Job calling;
    Lanes.Job notifying;
    Lanes.Job removing;
    Duration saveAfter = Duration.ZERO;
    Duration lookAfter = Duration.ZERO;
    Duration notifyAfter = Duration.ZERO;
    int saveFailures;
    /** When the save under way began. */
    @Nullable
    Duration savingSince;

    int lookFailures;
    int notifyFailures;

    /** The effect that was decided and has no result yet. */
    @Nullable
    Effect effect;

    /** The calls of the effect, if it only reads. */
    CallScope reads;

    @Nullable
    Result result;

    /** The effect that was withdrawn, until a decision has taken that into account. */
    @Nullable
    Effect unsent;

    /** How often in a row its next step could not be made. */
    int failures;

    /** Since when, if at all. */
    Duration failingSince;

    @Nullable
    Sighting sighting;

    @Nullable
    CloudError keyError;

    @Nullable
    CloudConnection connection;

    /** The connection whose key the cloud refused since the last look-up; null if it accepted all. */
    @Nullable
    CloudConnection refused;

    /** The client of the last calls; null before the first one and while the poller watches the image. */
    @Nullable
    Cloud cloud;

    Duration connectedAt;
    String account;
    /** The account of the last call, and so of its result. */
    String asked;

    @Nullable
    CloudClock cloudClock;

    ImagePoller.Watch watch;
    CloudConnection watched;

    /** Why nobody waits any more. */
    @Nullable
    Outcome stopped;

    /** When the wait ends, monotonic; null while that is unknown after a restart. */
    @Nullable
    Duration deadline;

    /** When this process read the record from the ledger; null for a new record. */
    @Nullable
    Duration restored;

    Duration wakeAt;

    Entry(Creation creation, Duration now) {
        this.key = creation.key();
        this.creation = creation;
        this.memory = Memory.since(now);
    }

    void noteCloudTime(@Nullable Instant cloudTime, Duration now) {
        if (cloudTime != null) {
            cloudClock = new CloudClock(cloudTime, now);
        }
    }

    /**
     * Whether the record on disk lacks something that must be there before the next call or before the end is reported.
     */
    boolean mustBeSaved() {
        boolean counts = creation.ended()
                || creation.submission().left()
                || !creation.copies().isEmpty()
                || effect != null && effect.changes() && calling == null;
        return unsaved || counts && hasChanged();
    }

    private boolean hasChanged() {
        return !isSame(saved) || writing != null && !isSame(writing);
    }

    private boolean isSame(@Nullable Creation other) {
        return other != null && creation.essence().equals(other.essence());
    }

    /** An abort and the deadline end the step at once, saved or not; anything else is reported after it is saved. */
    boolean mayBeReported() {
        Outcome outcome = creation.outcome();
        return outcome == Outcome.ABORTED || outcome == Outcome.TIMED_OUT || !mustBeSaved();
    }

    /** Whether there is an end that is neither saved nor reported. */
    boolean isUnreported() {
        return creation.ended() && (reported == null || !reported.ended()) && hasChanged();
    }

    /**
     * Whether an end could not be saved, or takes long to save, so that an abort or the deadline can still replace it.
     */
    boolean isUnreported(Duration now) {
        boolean stuck = savingSince != null && now.minus(savingSince).compareTo(DISK_PATIENCE) >= 0;
        return isUnreported() && (saveFailures > 0 || stuck);
    }

    /** Whether no task is open, all is on disk, and every listener was told. */
    boolean isSettled() {
        return creation.done() && !mustBeSaved() && saving == null && creation.equals(reported);
    }

    /** Whether the resync has to look after it. */
    boolean isOpen() {
        return started && !isSettled() || unsaved || forgotten != null;
    }

    /** Whether an administrator has to agree before this process changes anything at the cloud. */
    boolean waitsForPerson() {
        return fenced && !awaited;
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Begins the creations of copies, tells their sources how far they are, and tells them when their source's creation has
 * ended. Which copies there are follows from the source's record on disk, so each one is begun exactly once: its own
 * record is read with all others when a process starts, and stays until the source's says that nothing is left to do.
 */
final class CopyEntries {
    private final Map<String, Entry> entries;
    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Requeue queue;

    CopyEntries(Map<String, Entry> entries, Scheduler scheduler, Mailbox mailbox, Requeue queue) {
        this.entries = entries;
        this.scheduler = scheduler;
        this.mailbox = mailbox;
        this.queue = queue;
    }

    /** Begins or continues the copies of a source whose record on disk names them. */
    void tend(Entry source) {
        Creation creation = source.creation;
        if (source.saved == null || source.saved.copies().isEmpty() || creation.done()) {
            return;
        }
        for (PlannedCopy planned : creation.plan().copies().copies()) {
            Entry copy = entries.get(planned.key());
            if (copy == null && !creation.ended() && !status(creation, planned).isSettled()) {
                copy = begun(source, planned);
            }
            if (copy != null) {
                tend(source, copy);
            }
        }
    }

    private Entry begun(Entry source, PlannedCopy planned) {
        Entry copy = new Entry(Copying.creation(source.creation, planned), scheduler.uptime());
        copy.restored = source.restored;
        entries.put(copy.key, copy);
        return copy;
    }

    private void tend(Entry source, Entry copy) {
        copy.awaited = source.awaited;
        BuildReference build = source.creation.build();
        if (!copy.creation.build().equals(build)) {
            copy.creation = copy.creation.builtBy(build.build());
            copy.unsaved = true;
        }
        boolean begins = !copy.started && !copy.creation.done();
        if (begins) {
            copy.started = true;
            // What a build contradicts is its source's record, because the page of the build has none of a copy.
            copy.fenced |= source.fenced;
            copy.home = copy.fenced ? Ledger.NO_HOME : null;
            copy.listener = changed -> {};
        }
        boolean ends = copy.stopped == null && source.creation.ended() && source.mayBeReported();
        if (ends) {
            copy.stopped = stopped(Objects.requireNonNull(source.creation.outcome()), copy.creation);
        }
        if (begins || ends) {
            wake(copy);
        }
    }

    /** Why nobody waits for a copy any more. Only one that can be used is told that its source is ready. */
    private static Outcome stopped(Outcome outcome, Creation copy) {
        return switch (outcome) {
            case ABORTED, TIMED_OUT -> outcome;
            case READY -> copy.phase() == Phase.COPIED ? Outcome.READY : Outcome.ABANDONED;
            default -> Outcome.ABANDONED;
        };
    }

    /** The copies of a source as they are now. */
    List<CopyStatus> observe(Entry source) {
        Creation creation = source.creation;
        return creation.copies().isEmpty()
                ? List.of()
                : creation.plan().copies().copies().stream()
                        .map(planned -> observe(creation, status(creation, planned)))
                        .toList();
    }

    private CopyStatus observe(Creation source, CopyStatus before) {
        Entry copy = entries.get(before.key());
        if (copy == null) {
            return source.ended() || before.isSettled() ? before.withoutRecord() : before;
        }
        // After a crash, the source must not have been told that a copy can be used whose record does not say so.
        boolean settled = copy.creation.ended() || copy.creation.phase() == Phase.COPIED;
        boolean known = !settled || copy.mayBeReported();
        boolean done = copy.creation.done() && !copy.creation.needsPerson() && !copy.mustBeSaved();
        return known ? CopyStatus.of(copy.creation, done) : before;
    }

    private static CopyStatus status(Creation source, PlannedCopy planned) {
        return source.copies().stream()
                .filter(status -> status.key().equals(planned.key()))
                .findFirst()
                .orElseThrow();
    }

    /** Lets the source of a copy see what has become of it. */
    void wakeSource(Entry copy) {
        Entry source = sourceOf(copy);
        if (source != null) {
            wake(source);
        }
    }

    private void wake(Entry entry) {
        mailbox.post(() -> queue.process(entry));
    }

    /** Whether the record of a copy has to stay, because its source's does not say yet that nothing is left to do. */
    boolean isNeeded(Entry copy) {
        Entry source = sourceOf(copy);
        return source != null && !source.creation.done();
    }

    private Entry sourceOf(Entry copy) {
        String key = copy.creation.plan().source();
        return key == null ? null : entries.get(key);
    }

    /** Forgets the copies of a source for which nothing is left to do. */
    void finished(Entry source) {
        for (PlannedCopy planned : source.creation.plan().copies().copies()) {
            Entry copy = entries.get(planned.key());
            if (copy != null && copy.creation.done() && !copy.creation.needsPerson()) {
                entries.remove(planned.key(), copy);
            }
        }
    }
}

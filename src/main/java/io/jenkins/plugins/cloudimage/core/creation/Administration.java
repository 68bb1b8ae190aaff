package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.State;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus.Ownership;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The administrators' view of the creations, and their decisions where the engine must not decide: about records that
 * may be copies, and about images of unproven ownership. A decision is saved before it is carried out.
 */
public final class Administration {
    private final Map<String, Entry> entries;
    private final Ledger ledger;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Mailbox mailbox;
    private final Controller controller;
    private final BiConsumer<Entry, CreationEngine.Listener> starter;

    Administration(
            Map<String, Entry> entries,
            Ledger ledger,
            Scheduler scheduler,
            Clock clock,
            Mailbox mailbox,
            Controller controller,
            BiConsumer<Entry, CreationEngine.Listener> starter) {
        this.entries = entries;
        this.ledger = ledger;
        this.scheduler = scheduler;
        this.clock = clock;
        this.mailbox = mailbox;
        this.controller = controller;
        this.starter = starter;
    }

    /**
     * A record as an administrator sees it.
     *
     * @param fenced whether the record may be a copy or come from a backup, so that nothing is changed at the cloud for
     *     it
     * @param nextAttempt when the next attempt is due, or null if that is now or none is planned
     * @param mayRetry whether something failed, or is left to do, that can be tried at once
     */
    public record Status(
            Creation creation, boolean fenced, @Nullable Instant nextAttempt, boolean mayRetry) {

        /** Whether an administrator has to decide something. */
        public boolean needsDecision() {
            return fenced || creation.isStuck();
        }

        /** Whether something about the image can be left undone. */
        public boolean mayKeep() {
            return creation.ended()
                    ? creation.tasks().stream().anyMatch(Administration::isUndoneForImage)
                    : creation.imageId() != null || creation.mayHaveLostImage();
        }

        /** The image that {@link Administration#cleanUp} would delete, or null for none. */
        @Nullable
        public String imageToDelete() {
            return isToBeDeleted(creation, creation.image(), mayKeep()) ? creation.imageId() : null;
        }
    }

    /**
     * All records.
     *
     * @param creations the readable records, the oldest first
     * @param unreadable the files that cannot be read, with the reason; they are left alone
     */
    public record Overview(List<Status> creations, Map<Path, String> unreadable) {}

    /**
     * Lists all records: the live ones as they are now, and the others in the ledger.
     *
     * @throws java.io.UncheckedIOException if the ledger cannot be read
     */
    public Overview overview() {
        Ledger.Content content = ledger.all();
        List<Status> all = new ArrayList<>();
        Set<String> live = new HashSet<>();
        for (Entry entry : entries.values()) {
            live.add(entry.key);
            all.add(new Status(entry.creation, isFenced(entry), nextAttempt(entry), mayRetry(entry)));
        }
        content.records().stream()
                .map(StoredCreation::creation)
                .filter(creation -> !live.contains(creation.key()))
                .forEach(creation -> all.add(new Status(creation, false, null, false)));
        all.sort(Comparator.comparing(status -> status.creation().plan().started()));
        return new Overview(all, content.unreadable());
    }

    private static boolean isFenced(Entry entry) {
        return entry.waitsForPerson() && !entry.creation.done();
    }

    /** Without a failure there is nothing to retry, and a fenced record has to be released first. */
    private static boolean mayRetry(Entry entry) {
        Creation creation = entry.creation;
        if (entry.waitsForPerson() || entry.forgotten != null) {
            return false;
        }
        return creation.ended()
                ? !creation.done() || creation.needsPerson()
                : entry.started && creation.error() != null;
    }

    @Nullable
    private Instant nextAttempt(Entry entry) {
        Creation creation = entry.creation;
        Memory memory = entry.memory;
        Duration now = scheduler.uptime();
        if (!entry.started || creation.done() || entry.effect != null) {
            return null;
        }
        Duration due = creation.tasks().stream()
                .filter(CleanupTask::isOpen)
                .map(task -> memory.attempts(task.kind(), now).due())
                .min(Comparator.naturalOrder())
                .orElse(memory.notBefore());
        return due.compareTo(now) > 0 ? clock.instant().plus(due.minus(now)) : null;
    }

    /** Releases all fenced records, because an administrator confirms that this ledger is the right one. */
    public CompletableFuture<Boolean> releaseAll() {
        return decide(done -> {
            List<Entry> fenced =
                    entries.values().stream().filter(Administration::isFenced).toList();
            fenced.forEach(this::release);
            fenced.forEach(controller::process);
            done.complete(!fenced.isEmpty());
        });
    }

    private void release(Entry entry) {
        entry.fenced = false;
        entry.home = null;
        entry.unsaved = true;
    }

    /**
     * Keeps the image: nothing more is done about it or its snapshots. A task that starts an instance stays open.
     *
     * @param candidate the image that belongs to the creation, if that was not proven, or null to leave that open
     * @return completes with whether the creation and the candidate exist
     */
    public CompletableFuture<Boolean> keep(String key, @Nullable String candidate, CreationEngine.Listener listener) {
        return change(key, candidate, listener, creation -> kept(creation, candidate));
    }

    /**
     * Carries out the open tasks, because a person asks for it. An image is deleted if a task about it is open, and not
     * if it was delivered, reused or kept by the user's choice.
     *
     * @param candidate the image to delete, if none is proven to belong to the creation, or null for none
     * @return completes with whether the creation and the candidate exist
     */
    public CompletableFuture<Boolean> cleanUp(
            String key, @Nullable String candidate, CreationEngine.Listener listener) {
        return change(key, candidate, listener, creation -> {
            release(entries.get(key));
            return cleanedUp(creation, candidate);
        });
    }

    /**
     * Removes a record. Nothing is done at the cloud.
     *
     * @return completes, when the record is removed, with whether it existed
     */
    public CompletableFuture<Boolean> forget(String key) {
        return decide(done -> {
            Entry entry = entries.get(key);
            if (entry == null || !needsDecision(entry)) {
                done.complete(false);
                return;
            }
            entry.forgotten = () -> {
                entries.remove(key, entry);
                done.complete(true);
            };
            controller.process(entry);
        });
    }

    /**
     * Makes the next attempt at once, with a key that is looked up anew. Tasks that wait for a person are tried again; what
     * they may do is the same as before.
     *
     * @param key a creation that may be retried
     * @param listener is told of what becomes of it, if no build waits for it
     * @return completes with whether there is such a creation
     */
    public CompletableFuture<Boolean> retry(String key, CreationEngine.Listener listener) {
        return decide(done -> {
            Entry entry = entries.get(key);
            if (entry == null || !mayRetry(entry)) {
                done.complete(false);
                return;
            }
            boolean idle = !entry.started || entry.creation.done();
            if (entry.creation.needsPerson()) {
                entry.creation = with(entry.creation, Administration::reopened);
            }
            if (idle) {
                starter.accept(entry, listener);
            }
            controller.retry(entry);
            done.complete(true);
        });
    }

    private static boolean needsDecision(Entry entry) {
        return isFenced(entry) || entry.creation.isStuck();
    }

    private CompletableFuture<Boolean> decide(Consumer<CompletableFuture<Boolean>> decision) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        mailbox.post(() -> {
            try {
                decision.accept(done);
            } catch (Throwable t) { // the caller gets the failure
                done.completeExceptionally(t);
                throw t;
            }
        });
        return done;
    }

    private CompletableFuture<Boolean> change(
            String key, @Nullable String candidate, CreationEngine.Listener listener, UnaryOperator<Creation> change) {
        return decide(done -> {
            Entry entry = entries.get(key);
            if (entry == null || !needsDecision(entry) || candidate != null && !isUnproven(entry.creation, candidate)) {
                done.complete(false);
                return;
            }
            if (!entry.creation.ended()) {
                entry.stopped = Outcome.ABANDONED;
                starter.accept(entry, listener);
            }
            controller.withdraw(entry);
            entry.creation = change.apply(entry.creation);
            entry.memory = Memory.since(scheduler.uptime());
            starter.accept(entry, listener);
            done.complete(true);
        });
    }

    private static boolean isUnproven(Creation creation, String image) {
        ImageStatus status = creation.image();
        return status == null
                ? creation.candidates().contains(image)
                : status.ownership() == Ownership.LIKELY && status.id().equals(image);
    }

    private static Creation confirmed(Creation creation, @Nullable String candidate) {
        return candidate == null
                ? creation
                : creation.copy()
                        .image(ImageStatus.of(candidate, Ownership.CONFIRMED))
                        .build();
    }

    private static Creation kept(Creation creation, @Nullable String candidate) {
        return with(confirmed(creation, candidate), task -> isAboutImage(task) ? task.done() : task);
    }

    private static Creation cleanedUp(Creation creation, @Nullable String candidate) {
        Creation confirmed = confirmed(creation, candidate);
        ImageStatus image = confirmed.image();
        boolean asked = candidate != null || creation.tasks().stream().anyMatch(Administration::isUndoneForImage);
        boolean delete = isToBeDeleted(creation, image, asked);
        Creation next = delete ? CleaningUp.plus(confirmed, Kind.DELETE_IMAGE) : confirmed;
        return with(next, task -> switch (task.kind()) {
            case FIND_IMAGE, FINISH_IMAGE -> delete ? task.done() : reopened(task);
            case DELETE_IMAGE -> delete ? CleanupTask.open(task.kind()) : reopened(task);
            case START_INSTANCE, DELETE_SNAPSHOTS, RETIRE_OLDER -> reopened(task);
        });
    }

    private static boolean isToBeDeleted(Creation creation, @Nullable ImageStatus image, boolean asked) {
        return asked
                && image != null
                && image.isOurs()
                && !image.deleted()
                && (creation.outcome() == null || creation.outcome().incomplete());
    }

    private static boolean isUndoneForImage(CleanupTask task) {
        return isAboutImage(task) && task.state() != State.DONE;
    }

    private static boolean isAboutImage(CleanupTask task) {
        return task.kind() != Kind.START_INSTANCE;
    }

    private static CleanupTask reopened(CleanupTask task) {
        return task.state() == State.NEEDS_PERSON ? CleanupTask.open(task.kind()) : task;
    }

    private static Creation with(Creation creation, UnaryOperator<CleanupTask> change) {
        List<CleanupTask> tasks = creation.tasks().stream().map(change).toList();
        boolean open = tasks.stream().anyMatch(CleanupTask::isOpen) || !creation.areCopiesDone();
        Phase phase = open ? Phase.CLEANING_UP : Phase.DONE;
        return creation.copy().tasks(tasks).phase(phase).build();
    }
}

package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Predecessors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Reports the records of the engine to their builds and to the index, and has them removed when nothing is left to do. */
final class BuildReports {
    private final Supplier<Predecessors> index;
    private final RetentionReport retention;
    private final Clock clock;
    private final Consumer<String> remove;

    /**
     * @param remove removes a record from the ledger, by its key
     */
    BuildReports(Supplier<Predecessors> index, RetentionReport retention, Clock clock, Consumer<String> remove) {
        this.index = index;
        this.retention = retention;
        this.clock = clock;
        this.remove = remove;
    }

    static boolean isForgettable(Creation creation) {
        return creation.done() && !creation.needsPerson();
    }

    /** Whether the record is outdated: the build's page says that the creation has ended, and the record does not. */
    static boolean isContradicted(Creation creation) {
        Run<?, ?> run = creation.ended() ? null : Builds.of(creation);
        CloudImageAction action = run == null ? null : run.getAction(CloudImageAction.class);
        return action != null && action.isEnded(creation.key());
    }

    /**
     * Writes the state of a record.
     *
     * @param waiting the build whose step waits, or null if no step waits
     * @param output how the image is handed over, or null to leave that as it is
     * @throws UncheckedIOException if build or index cannot be written; the record stays for another attempt
     */
    void deliver(
            @CheckForNull Run<?, ?> waiting, Creation creation, @CheckForNull OutputSettings output, TaskListener log) {
        if (creation.outcome() == Outcome.RETIRED) {
            deliverRetired(creation);
            return;
        }
        try {
            Run<?, ?> run = waiting == null || Builds.isDeleted(waiting) ? Builds.of(creation) : waiting;
            // A copy is shown with its source, and retention does not count it.
            if (run != null && !creation.isCopy()) {
                // First, because an end that the build was told must not change if the index cannot be written.
                index.get().note(creation);
                Delivery.update(run, creation, output, clock.instant(), log);
            }
            if (creation.done()) {
                retention.close(creation);
            }
            if (isForgettable(creation) && (run == null || !run.isBuilding())) {
                creation.copies().forEach(copy -> remove.accept(copy.key()));
                remove.accept(creation.key());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** No build shows that an image of an earlier one is retired; the index knows it. */
    private void deliverRetired(Creation creation) {
        if (creation.done()) {
            index.get().noteRetired(creation);
        }
        if (isForgettable(creation)) {
            remove.accept(creation.key());
        }
    }
}

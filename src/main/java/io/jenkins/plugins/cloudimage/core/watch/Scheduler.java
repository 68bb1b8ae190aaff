package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.function.Supplier;

/** Runs tasks later, on a bounded number of threads. Tests put a virtual clock in its place. */
public interface Scheduler {

    /**
     * Runs a task once.
     *
     * @param task what to run; it may block on one call to a cloud
     * @param delay how long to wait before, zero for as soon as a thread is free
     */
    void schedule(Runnable task, Duration delay);

    /**
     * Does work that may block, and then runs what came of it, on the same thread.
     *
     * @param work may block, and returns what is to be run next
     */
    default void work(Supplier<Runnable> work) {
        schedule(() -> work.get().run(), Duration.ZERO);
    }

    /**
     * The time by which delays are measured. It never goes back, whatever becomes of the wall clock.
     *
     * @return how much time has passed since some moment in the past
     */
    Duration uptime();
}

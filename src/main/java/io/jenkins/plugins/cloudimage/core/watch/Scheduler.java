package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.function.Supplier;

/** Runs tasks later, on a bounded number of threads. Tests use a virtual clock instead. */
public interface Scheduler {

    /**
     * Runs a task once.
     *
     * @param task what to run; it may block on one call to a cloud
     * @param delay zero for as soon as a thread is free
     */
    void schedule(Runnable task, Duration delay);

    /**
     * Runs work that may block, and then its result, on the same thread.
     *
     * @param work may block, and returns the next task
     */
    default void work(Supplier<Runnable> work) {
        schedule(() -> work.get().run(), Duration.ZERO);
    }

    /**
     * The monotonic time by which delays are measured; changes of the wall clock do not affect it.
     *
     * @return the time since an arbitrary moment in the past
     */
    Duration uptime();
}

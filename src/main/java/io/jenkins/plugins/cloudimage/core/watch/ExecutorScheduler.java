package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Waits on a timer and runs tasks in a pool, so that a slow cloud does not delay other users of a shared timer. */
public record ExecutorScheduler(ScheduledExecutorService timer, Executor workers) implements Scheduler {
    private static final Logger LOGGER = Logger.getLogger(ExecutorScheduler.class.getName());
    private static final long START = System.nanoTime();

    @Override
    public void schedule(Runnable task, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            workers.execute(task);
        } else {
            timer.schedule(() -> handOver(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** A timer drops a task that throws, so a task for which no thread can be made now is scheduled again. */
    private void handOver(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The workers have stopped", e);
        } catch (Throwable t) {
            LOGGER.log(Level.WARNING, "A task is tried again", t);
            timer.schedule(() -> handOver(task), 1, TimeUnit.SECONDS);
        }
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - START);
    }
}

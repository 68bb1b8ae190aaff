package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Waits on a timer and works on a pool, so that a slow cloud never holds up a timer that is shared with others.
 *
 * @param timer what wakes the task up
 * @param workers what runs it
 */
public record ExecutorScheduler(ScheduledExecutorService timer, Executor workers) implements Scheduler {
    private static final long START = System.nanoTime();

    @Override
    public void schedule(Runnable task, Duration delay) {
        if (delay.isZero() || delay.isNegative()) {
            workers.execute(task);
        } else {
            timer.schedule(() -> workers.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - START);
    }
}

package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A small pool that replaces hanging threads. While work waits and no task ends for a while, it grows by one thread at
 * a time; each thread that returns from a long task makes it smaller again.
 */
public final class GrowingPool extends ThreadPoolExecutor {
    private final int normal;
    private final int largest;
    private final Duration patience;
    private final Supplier<ScheduledExecutorService> timer;
    private final AtomicLong ended = new AtomicLong();
    private final AtomicBoolean watched = new AtomicBoolean();
    private final ThreadLocal<Long> begun = new ThreadLocal<>();

    /**
     * @param patience how long no task may end while others wait, before a thread is added
     * @param timer checks the pool, only while work waits
     */
    public GrowingPool(
            int normal,
            int largest,
            Duration patience,
            ThreadFactory factory,
            Supplier<ScheduledExecutorService> timer) {
        super(
                normal,
                normal,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                factory,
                // Rejects work only after the process's shutdown; its records are on disk.
                new DiscardPolicy());
        this.normal = normal;
        this.largest = largest;
        this.patience = patience;
        this.timer = timer;
        allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        super.execute(task);
        watch();
    }

    private void watch() {
        if (!getQueue().isEmpty() && !isShutdown() && watched.compareAndSet(false, true)) {
            long before = ended.get();
            try {
                timer.get().schedule(() -> check(before), patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RuntimeException | Error e) {
                watched.set(false);
                throw e;
            }
        }
    }

    private void check(long before) {
        watched.set(false);
        if (ended.get() == before && !getQueue().isEmpty()) {
            resize(1);
        }
        watch();
    }

    private synchronized void resize(int change) {
        int size = Math.max(normal, Math.min(largest, getCorePoolSize() + change));
        if (size > getCorePoolSize()) {
            setMaximumPoolSize(size);
            setCorePoolSize(size);
        } else if (size < getCorePoolSize()) {
            setCorePoolSize(size);
            setMaximumPoolSize(size);
        }
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        begun.set(System.nanoTime());
    }

    @Override
    protected void afterExecute(Runnable task, Throwable failure) {
        ended.incrementAndGet();
        if (System.nanoTime() - begun.get() > patience.toNanos()) {
            resize(-1);
        }
    }
}

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
 * A small pool that replaces threads that hang. As long as work waits and no task ends for a while, it grows by one thread
 * after another; each thread that comes back from a long task makes it smaller again.
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
     * Starts no thread yet.
     *
     * @param patience how long no task may end while others wait, before there is one more thread
     * @param timer what to look after the pool with, asked only while work waits
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
                // Refuses only after the end of the process's work; whoever needs it then finds it on the disk.
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

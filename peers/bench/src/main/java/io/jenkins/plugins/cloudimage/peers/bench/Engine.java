package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.NoBuilds;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engine on threads and time as Jenkins gives them: four workers, and a timer that is Jenkins' own. What a closed engine
 * still wants to do is dropped.
 */
final class Engine implements AutoCloseable {
    private static final int WORKERS = 4;

    final Clock clock = Clock.systemUTC();
    final Ledger ledger;
    final CreationEngine engine;
    final ThreadPoolExecutor workers;
    /** How many keys were looked up. */
    final AtomicInteger lookups = new AtomicInteger();

    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(1, new ThreadPoolExecutor.DiscardPolicy());

    Engine(Path folder, CloudConnection connection, Duration interval) {
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                new ThreadPoolExecutor.DiscardPolicy());
        Clouds clouds = new Clouds(Ours.transport(), clock);
        ledger = new Ledger(folder, clouds, clock);
        ExecutorScheduler scheduler = new ExecutorScheduler(timer, workers);
        engine = new CreationEngine(
                clouds,
                ledger,
                creation -> {
                    lookups.incrementAndGet();
                    return connection;
                },
                id -> id,
                scheduler,
                clock,
                new Random(1),
                new ImagePoller(clouds, scheduler, () -> interval, new Durations()),
                NoBuilds.in(folder.resolveSibling("made"), ledger, clouds, clock));
    }

    boolean idle() {
        return workers.getActiveCount() == 0 && workers.getQueue().isEmpty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}

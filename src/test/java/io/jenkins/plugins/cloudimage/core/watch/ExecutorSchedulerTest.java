package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorSchedulerTest {
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "timer"));
    private final List<Runnable> work = new ArrayList<>();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whatIsDueNowGoesToTheWorkersAtOnce() {
        Scheduler scheduler = new ExecutorScheduler(timer, work::add);
        Runnable task = () -> {};

        scheduler.schedule(task, Duration.ZERO);
        scheduler.schedule(task, Duration.ofSeconds(-1));

        assertEquals(List.of(task, task), work);
    }

    @Test
    void whatIsDueLaterWaitsOnTheTimerAndRunsOnAWorker() throws Exception {
        CompletableFuture<String> handedOverBy = new CompletableFuture<>();
        CompletableFuture<Long> ran = new CompletableFuture<>();
        Scheduler scheduler = new ExecutorScheduler(timer, task -> {
            handedOverBy.complete(Thread.currentThread().getName());
            task.run();
        });
        long start = System.nanoTime();

        scheduler.schedule(() -> ran.complete(System.nanoTime()), Duration.ofMillis(50));

        assertTrue(ran.get(30, TimeUnit.SECONDS) - start >= TimeUnit.MILLISECONDS.toNanos(50));
        assertEquals("timer", handedOverBy.get());
    }
}

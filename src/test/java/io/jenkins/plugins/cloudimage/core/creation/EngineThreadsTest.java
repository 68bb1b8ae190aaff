package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on real threads and the real clock: many creations on few workers, aborted by other threads. */
class EngineThreadsTest {
    private static final int CREATIONS = 30;

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private final Clock clock = Clock.systemUTC();
    private final FakeTencentCloud fake = new FakeTencentCloud(clock);
    private final FakeServer server = new FakeServer(fake);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final CountDownLatch ends = new CountDownLatch(CREATIONS);

    @AfterEach
    void stop() {
        timer.shutdownNow();
        workers.shutdownNow();
        server.close();
    }

    private CreationEngine engine(ExecutorService on, Ledger ledger, Clouds clouds) {
        ExecutorScheduler scheduler = new ExecutorScheduler(timer, on);
        return new CreationEngine(
                clouds,
                ledger,
                creation -> new CloudConnection(TencentProvider.ID, server.endpoint(), EngineRig.REGION, EngineRig.KEY),
                id -> id,
                scheduler,
                clock,
                new Random(1),
                new ImagePoller(clouds, scheduler, () -> Duration.ofMillis(50), new Durations()),
                NoBuilds.in(folder, ledger, clouds, clock));
    }

    private Creation plan(int number) {
        return Creation.plan(
                new BuildReference("job#1", "c", null),
                EngineRig.request("web-" + number, false),
                Options.DEFAULTS,
                clock.instant(),
                Duration.ofMinutes(5));
    }

    /** A worker reads a response that stalls for half a minute unless the call is cancelled. */
    @Test
    void anAbortFreesTheThreadOfAReadWithinATenthOfASecond() throws Exception {
        ExecutorService worker = Executors.newFixedThreadPool(2);
        Clouds clouds = new Clouds(TestTransport.direct(), clock);
        Ledger ledger = new Ledger(folder, clouds, clock);
        CreationEngine engine = engine(worker, ledger, clouds);
        long fastest = Long.MAX_VALUE;
        try {
            for (int i = 1; i <= 10; i++) {
                server.faults().next("DescribeImages", Fault.STALLED);
                Creation creation = plan(i);
                ledger.save(creation);
                CountDownLatch ended = new CountDownLatch(1);
                engine.run(creation, now -> {
                    if (now.ended()) {
                        ended.countDown();
                    }
                });
                while (server.count("DescribeImages") < i) {
                    Thread.onSpinWait();
                }
                long aborted = System.nanoTime();
                engine.abort(creation.key());
                assertTrue(ended.await(10, TimeUnit.SECONDS));
                fastest = Math.min(fastest, System.nanoTime() - aborted);
            }
        } finally {
            worker.shutdownNow();
        }
        System.out.println("A read is given up in " + TimeUnit.NANOSECONDS.toMicros(fastest) + " µs");
        assertTrue(fastest <= TimeUnit.MILLISECONDS.toNanos(100), fastest + " ns");
    }

    @Test
    void everyCreationEndsOnceAndIsHeardOfInOrder() throws InterruptedException {
        fake.images().take(Duration.ofMillis(300));
        Clouds clouds = new Clouds(TestTransport.direct(), clock);
        Ledger ledger = new Ledger(folder, clouds, clock);
        CreationEngine engine = engine(workers, ledger, clouds);
        Map<String, List<Creation>> heard = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < CREATIONS; i++) {
            Creation creation = plan(i);
            ledger.save(creation);
            List<Creation> news = Collections.synchronizedList(new ArrayList<>());
            heard.put(creation.key(), news);
            engine.run(creation, now -> {
                news.add(now);
                if (now.done()) {
                    ends.countDown();
                }
            });
            if (i % 2 == 0) {
                timer.schedule(() -> engine.abort(creation.key()), random.nextInt(3000), TimeUnit.MILLISECONDS);
            }
        }

        assertTrue(ends.await(60, TimeUnit.SECONDS), () -> "Not all have ended: " + heard);

        for (List<Creation> news : heard.values()) {
            Creation end = news.get(news.size() - 1);
            List<Phase> phases = news.stream().map(Creation::phase).toList();
            assertEquals(phases.stream().sorted().toList(), phases);
            assertEquals(1, news.stream().filter(Creation::done).count());
            assertEquals(
                    end.essence(),
                    ledger.load(end.key()).orElseThrow().creation().essence());
        }
        Set<String> known = ledger.all().records().stream()
                .map(StoredCreation::creation)
                .map(end -> String.valueOf(end.imageId()))
                .collect(Collectors.toSet());
        for (FakeImage image : fake.images().all()) {
            assertTrue(known.contains(image.id()), image.toString());
        }
        assertTrue(
                ledger.all().records().stream()
                        .map(StoredCreation::creation)
                        .map(end -> end.outcome())
                        .allMatch(outcome -> outcome == Outcome.READY || outcome == Outcome.ABORTED),
                ledger.all().toString());
    }
}

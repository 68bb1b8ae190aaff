package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.peers.bench.Row.Verdict;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How long the cloud is still asked after an abort, at the worst moment: a describe has just arrived there and the answer
 * does not come. It is measured until no call is under way any more, and then no further one may arrive.
 */
final class AbortSection implements Section {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int LIMIT = 100;
    private static final long PATIENCE = 30;

    @Override
    public List<Row> measure(Effort effort) throws Exception {
        FakeAccount account = FakeAccount.of(FakeAccount.Kind.TENCENT, Clock.systemUTC());
        Holding fake = new Holding(account.fake());
        List<double[]> ends = new ArrayList<>();
        try (MemoryDisk disk = MemoryDisk.make();
                FakeServer server = new FakeServer(fake);
                Engine engine = new Engine(disk.folder(), account.connection(server), INTERVAL)) {
            for (int i = 0; i < effort.aborts(); i++) {
                ends.add(new double[] {abort(engine, fake, "web-" + i)});
            }
            int calls = server.calls().size();
            Thread.sleep(2 * INTERVAL.toMillis());
            if (server.calls().size() > calls) {
                throw new IllegalStateException("The cloud was asked again after the abort");
            }
        }
        double worst = ends.stream().mapToDouble(end -> end[0]).max().orElseThrow();
        return List.of(new Row(
                "abort → last read call, median / worst, ms",
                Row.number(FirstCallSection.median(ends, 0)) + " / " + Row.number(worst),
                "5 s loop, by arithmetic: 2,500 / 5,000 and the call",
                "",
                "",
                "≤ " + LIMIT,
                Verdict.of(worst <= LIMIT)));
    }

    private static double abort(Engine engine, Holding fake, String name) throws Exception {
        CompletableFuture<Creation> building = new CompletableFuture<>();
        CompletableFuture<Creation> ended = new CompletableFuture<>();
        Creation creation = Creation.plan(
                new BuildReference("bake#1", "tencent-prod", null),
                new TencentImageRequest("ap-guangzhou", name, null, "ins-6pb6lrmy", null, false, false, null, false),
                Options.DEFAULTS,
                engine.clock.instant(),
                Duration.ofHours(1));
        engine.ledger.save(creation);
        engine.engine.run(creation, news -> {
            if (news.ended()) {
                ended.complete(news);
            } else if (news.phase() == Phase.BUILDING) {
                building.complete(news);
            }
        });
        building.get(PATIENCE, TimeUnit.SECONDS);
        fake.hold();
        fake.awaitCall();
        long start = System.nanoTime();
        engine.engine.abort(creation.key());
        ended.get(PATIENCE, TimeUnit.SECONDS);
        while (!engine.idle()) {
            Thread.sleep(0, 100_000);
        }
        double millis = (System.nanoTime() - start) / 1e6;
        fake.release();
        return millis;
    }

    /** Keeps describe calls waiting while that is wanted. */
    private static final class Holding implements FakeCloud {
        private final FakeCloud cloud;
        private final Semaphore arrived = new Semaphore(0);
        private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

        Holding(FakeCloud cloud) {
            this.cloud = cloud;
        }

        void hold() {
            arrived.drainPermits();
            gate = new CompletableFuture<>();
        }

        void awaitCall() throws InterruptedException {
            if (!arrived.tryAcquire(PATIENCE, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The cloud was not asked");
            }
        }

        void release() {
            gate.complete(null);
        }

        @Override
        public String action(Received request) {
            return cloud.action(request);
        }

        @Override
        public Answer answer(Received request) {
            if (action(request).startsWith("Describe")) {
                CompletableFuture<Void> mine = gate;
                arrived.release();
                mine.join();
            }
            return cloud.answer(request);
        }

        @Override
        public Answer throttled() {
            return cloud.throttled();
        }
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.ImageSearch;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Predecessors;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The engine with a ledger and an index in a folder of its own, and with builds that keep nothing forever. */
final class DemoEngine implements AutoCloseable, Predecessors.Builds {
    private static final String CREDENTIAL = "demo";

    private final Path folder;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final Ledger ledger;
    private final Predecessors predecessors;
    private final CreationEngine engine;

    DemoEngine(Clouds clouds, CreationEngine.Connector connector, Clock clock) throws IOException {
        folder = Files.createTempDirectory("cloud-image-demo");
        ledger = new Ledger(folder.resolve("ledger"), clouds, clock);
        predecessors = new Predecessors(new MadeImages(folder.resolve("made"), clock), ledger, clouds, clock, this);
        ExecutorScheduler scheduler = new ExecutorScheduler(timer, timer);
        engine = new CreationEngine(
                clouds,
                ledger,
                connector,
                id -> id,
                scheduler,
                clock,
                RandomGenerator.getDefault(),
                new ImagePoller(clouds, scheduler, () -> Duration.ofSeconds(1), new Durations()),
                predecessors);
    }

    /** Runs a creation to its end. What comes after that goes on in the background. */
    Creation run(Creation planned, Consumer<Creation> news) throws ExecutionException, InterruptedException {
        CompletableFuture<Creation> end = new CompletableFuture<>();
        ledger.save(planned);
        engine.run(planned, creation -> {
            predecessors.note(creation);
            if (!end.isDone()) {
                news.accept(creation);
            }
            if (creation.ended()) {
                end.complete(creation);
            }
        });
        return end.get();
    }

    /** Finds the newest ready image whose name begins like this, or null. */
    CloudImage newest(CloudConnection connection, String namePrefix) throws ExecutionException, InterruptedException {
        CompletableFuture<CloudImage> end = new CompletableFuture<>();
        engine.find(
                new ImageSearch.Request(CREDENTIAL, new ImageQuery(namePrefix, null, null, null), () -> connection),
                new ImageSearch.Listener() {
                    @Override
                    public void retried(CloudError error, Duration pause) {}

                    @Override
                    public void found(CloudImage newest) {
                        end.complete(newest);
                    }

                    @Override
                    public void failed(CloudError error) {
                        end.completeExceptionally(new CloudException(error, null));
                    }
                });
        return end.get();
    }

    @Override
    public boolean isKept(String build) {
        return false;
    }

    @Override
    public void judged(Creation creation, List<Verdict> verdicts) {}

    @Override
    public void retires(String key) {
        engine.cleanUp(key, predecessors::noteRetired);
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Origin;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Progress;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import okhttp3.Authenticator;

/** The main job without Jenkins: makes an image in each fake cloud through every layer of the core and shows the way. */
public final class CoreDemo {
    private static final Clock CLOCK = Clock.systemUTC();

    private final PrintStream out;
    private final Clouds clouds =
            new Clouds(new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-demo"), CLOCK);
    private final Map<SimulatedCloud<?>, FakeServer> servers = new LinkedHashMap<>();

    private CoreDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demonstration; exits with 1 unless each cloud has the one image that was asked for. */
    public static void main(String[] args) throws Exception {
        boolean ready = new CoreDemo(System.out).run();
        System.exit(ready ? 0 : 1);
    }

    private boolean run() throws Exception {
        try {
            for (SimulatedCloud<?> simulated : SimulatedCloud.all(CLOCK)) {
                simulated.images().take(Duration.ofSeconds(6));
                FakeServer server = new FakeServer(simulated.cloud());
                servers.put(simulated, server);
                out.println(simulated.id() + " is simulated at " + server.endpoint());
                if (simulated.id().equals(TencentProvider.ID)) {
                    // So that there is something to see: still one image.
                    server.faults().next("CreateImage", Fault.LOSE_ANSWER);
                    out.println("  and loses its first answer");
                }
            }
            List<Creation> creations = create();
            out.println(manifest(creations));
            servers.forEach((simulated, server) -> out.println(
                    simulated.id() + ": " + server.calls().size() + " calls: " + String.join(", ", server.calls())));
            return creations.stream().allMatch(creation -> creation.progress().outcome() == Outcome.READY)
                    && servers.keySet().stream()
                            .allMatch(simulated -> simulated.images().all().size() == 1);
        } finally {
            servers.values().forEach(FakeServer::close);
        }
    }

    /** All at once, with one engine. */
    private List<Creation> create() throws Exception {
        Path folder = Files.createTempDirectory("cloud-image-demo");
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try {
            Ledger ledger = new Ledger(folder, clouds);
            ExecutorScheduler scheduler = new ExecutorScheduler(timer, timer);
            CreationEngine engine = new CreationEngine(
                    clouds,
                    ledger,
                    this::connect,
                    scheduler,
                    CLOCK,
                    RandomGenerator.getDefault(),
                    new ImagePoller(clouds, scheduler, () -> Duration.ofSeconds(1)));
            List<CompletableFuture<Creation>> ends = new ArrayList<>();
            for (SimulatedCloud<?> simulated : servers.keySet()) {
                CompletableFuture<Creation> end = new CompletableFuture<>();
                ends.add(end);
                Creation planned = Creation.plan(
                        new Origin("demo#1", "demo", null),
                        simulated.request(),
                        Options.DEFAULTS,
                        CLOCK.instant(),
                        Duration.ofMinutes(5));
                ledger.save(planned);
                engine.run(planned, news -> {
                    print(simulated.id(), news);
                    if (news.ended()) {
                        end.complete(news);
                    }
                });
            }
            List<Creation> creations = new ArrayList<>();
            for (CompletableFuture<Creation> end : ends) {
                Creation creation = end.get();
                ledger.remove(creation.key());
                creations.add(creation);
            }
            return creations;
        } finally {
            timer.shutdownNow();
            Files.delete(folder);
        }
    }

    private CloudConnection connect(Creation creation) {
        ImageRequest request = creation.request();
        String cloud = clouds.of(request).id();
        return servers.entrySet().stream()
                .filter(each -> each.getKey().id().equals(cloud))
                .map(each -> new CloudConnection(
                        cloud,
                        each.getValue().endpoint(),
                        request.region(),
                        each.getKey().key(),
                        each.getKey().settings()))
                .findFirst()
                .orElseThrow();
    }

    private synchronized void print(String cloud, Creation creation) {
        Progress progress = creation.progress();
        Duration elapsed = Duration.between(creation.started(), CLOCK.instant());
        out.printf(
                "%5.1f s  %-12s  %-10s  %s%n",
                elapsed.toMillis() / 1000.0,
                cloud,
                progress.outcome() == null ? progress.phase() : progress.outcome(),
                progress.error() != null
                        ? progress.error().text()
                        : (progress.imageId() == null ? "" : progress.imageId())
                                + (progress.cloudState() == null ? "" : " " + progress.cloudState()));
    }

    private String manifest(List<Creation> creations) {
        return new String(
                ImageManifest.of(null, null, creations.stream().map(this::entry).toList())
                        .toJson(),
                StandardCharsets.UTF_8);
    }

    private ImageManifest.Entry entry(Creation creation) {
        Progress progress = creation.progress();
        return new ImageManifest.Entry(
                clouds.of(creation.request()).id(),
                creation.request().region(),
                creation.request().imageName(),
                progress.imageId(),
                progress.outcome().name().toLowerCase(Locale.ROOT),
                progress.cloudState(),
                progress.reused(),
                creation.request().instanceId(),
                null,
                null,
                progress.requestId(),
                creation.started(),
                progress.ended(),
                null);
    }
}

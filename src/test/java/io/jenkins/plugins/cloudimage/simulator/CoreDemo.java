package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.NoBuilds;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ExecutorScheduler;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import okhttp3.Authenticator;

/** The main job without Jenkins: makes an image in each fake cloud through every layer of the core and shows the way. */
public final class CoreDemo {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration BUILD_TIME = Duration.ofSeconds(6);
    private static final Path MANIFEST = Path.of("target", "demo", "cloud-image.json");

    private static final Map<String, String> PHASES = Map.of(
            "PREPARING", "checking the instance",
            "SUBMITTING", "asking for the image",
            "LOCATING", "looking for the image by its name");

    private final PrintStream out;
    private final Clouds clouds =
            new Clouds(new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-demo"), CLOCK);
    private final Map<SimulatedCloud<?>, FakeServer> servers = new LinkedHashMap<>();
    private Instant begun;

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
            for (SimulatedCloud<?> simulated : SimulatedCloud.every(CLOCK)) {
                simulated.images().take(BUILD_TIME);
                servers.put(simulated, new FakeServer(simulated.cloud()));
            }
            // So that there is something to see: still one image.
            servers.forEach((simulated, server) -> {
                if (simulated.id().equals(TencentProvider.ID)) {
                    server.faults().next("CreateImage", Fault.LOSE_ANSWER);
                }
            });
            out.printf("""

                    %d simulated clouds on this computer, one image in each, all at the same time. An image takes %d seconds;
                    alibabaEcs adds half a minute until it can be used. tencentCloud loses the response to its first create:
                    watch the one image being found again.

                    """, servers.size(), BUILD_TIME.toSeconds());
            List<Creation> creations = create();
            return verdict(creations);
        } finally {
            servers.values().forEach(FakeServer::close);
        }
    }

    /** A table of the images, where the manifest is, and the last line, which says whether all is well. */
    private boolean verdict(List<Creation> creations) throws IOException {
        out.printf(
                "%n%-13s %-9s %-13s %7s %6s  %s%n",
                "cloud", "outcome", "image", "seconds", "calls", "of these, creates");
        int ready = 0;
        for (Creation creation : creations) {
            String id = clouds.of(creation.request()).id();
            Map.Entry<SimulatedCloud<?>, FakeServer> at = servers.entrySet().stream()
                    .filter(each -> each.getKey().id().equals(id))
                    .findFirst()
                    .orElseThrow();
            List<String> calls = at.getValue().calls();
            int images = at.getKey().images().all().size();
            if (creation.outcome() == Outcome.READY && images == 1) {
                ready++;
            }
            out.printf(
                    "%-13s %-9s %-13s %7.1f %6d  %d%s%n",
                    id,
                    creation.outcome(),
                    creation.imageId(),
                    Duration.between(
                                            creation.plan().started(),
                                            creation.ending().at())
                                    .toMillis()
                            / 1000.0,
                    calls.size(),
                    calls.stream().filter("CreateImage"::equalsIgnoreCase).count(),
                    images == 1 ? "" : "  " + images + " IMAGES IN THE CLOUD");
        }
        Files.createDirectories(MANIFEST.getParent());
        Files.write(
                MANIFEST,
                ImageManifest.of(null, null, creations.stream().map(this::entry).toList())
                        .toJson());
        out.printf("%nWhat a Jenkins build would archive: %s%n", MANIFEST);
        out.printf("%d of %d images ready%n", ready, creations.size());
        return ready == creations.size() && ready == servers.size();
    }

    /** All at once, with one engine. */
    private List<Creation> create() throws Exception {
        Path folder = Files.createTempDirectory("cloud-image-demo");
        begun = CLOCK.instant();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        try {
            Ledger ledger = new Ledger(folder, clouds, CLOCK);
            ExecutorScheduler scheduler = new ExecutorScheduler(timer, timer);
            CreationEngine engine = new CreationEngine(
                    clouds,
                    ledger,
                    this::connect,
                    id -> id,
                    scheduler,
                    CLOCK,
                    RandomGenerator.getDefault(),
                    new ImagePoller(clouds, scheduler, () -> Duration.ofSeconds(1), new Durations()),
                    NoBuilds.in(folder, ledger, clouds, CLOCK));
            List<CompletableFuture<Creation>> ends = new ArrayList<>();
            for (SimulatedCloud<?> simulated : servers.keySet()) {
                CompletableFuture<Creation> end = new CompletableFuture<>();
                ends.add(end);
                Creation planned = Creation.plan(
                        new BuildReference("demo#1", "demo", null),
                        simulated.request(),
                        Options.DEFAULTS,
                        CLOCK.instant(),
                        Duration.ofMinutes(5));
                ledger.save(planned);
                engine.run(planned, news -> {
                    print(simulated.id(), news(news));
                    if (news.ended()) {
                        end.complete(news);
                    }
                });
            }
            List<Creation> creations = new ArrayList<>();
            for (CompletableFuture<Creation> end : ends) {
                Creation creation = await(end, ends);
                ledger.remove(creation.key());
                creations.add(creation);
            }
            return creations;
        } finally {
            timer.shutdownNow();
            Files.delete(folder);
        }
    }

    /** Says every ten seconds that it goes on. */
    private Creation await(CompletableFuture<Creation> end, List<CompletableFuture<Creation>> all) throws Exception {
        while (true) {
            try {
                return end.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                long done = all.stream().filter(CompletableFuture::isDone).count();
                print("", done + " of " + all.size() + " have ended, waiting for the others");
            }
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

    private synchronized void print(String cloud, String text) {
        out.printf(
                "%5.1f s  %-12s  %s%n", Duration.between(begun, CLOCK.instant()).toMillis() / 1000.0, cloud, text);
        out.flush();
    }

    private static String news(Creation creation) {
        if (creation.problem() != null) {
            return (creation.outcome() == null ? "" : creation.outcome() + ": ")
                    + creation.problem().text();
        }
        if (creation.outcome() == Outcome.READY) {
            return "READY: " + creation.imageId();
        }
        if (creation.image() == null) {
            String phase = creation.phase().name();
            return PHASES.getOrDefault(phase, phase.toLowerCase(Locale.ROOT));
        }
        String state = creation.image().cloudState();
        return "waiting for " + creation.imageId() + (state == null ? "" : ", which is " + state);
    }

    private ImageManifest.Entry entry(Creation creation) {
        return new ImageManifest.Entry(
                clouds.of(creation.request()).id(),
                creation.request().region(),
                creation.request().imageName(),
                creation.imageId(),
                creation.outcome().name().toLowerCase(Locale.ROOT),
                creation.image() == null ? null : creation.image().cloudState(),
                creation.reused(),
                creation.image() == null
                        ? null
                        : creation.image().ownership().name().toLowerCase(Locale.ROOT),
                creation.image() != null && creation.image().deleted(),
                null,
                creation.request().instanceId(),
                null,
                null,
                creation.submission().requestId(),
                creation.plan().started(),
                creation.ending().at(),
                null,
                null,
                null,
                List.of(),
                List.of());
    }
}

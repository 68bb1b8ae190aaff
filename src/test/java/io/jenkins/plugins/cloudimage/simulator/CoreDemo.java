package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Origin;
import io.jenkins.plugins.cloudimage.core.creation.Progress;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import okhttp3.Authenticator;

/** The main job without Jenkins: makes an image in a fake cloud through every layer of the core and shows the way. */
public final class CoreDemo {
    private static final Clock CLOCK = Clock.systemUTC();

    private final PrintStream out;

    private CoreDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demonstration; exits with 1 unless the image is ready. */
    public static void main(String[] args) throws Exception {
        boolean ready = new CoreDemo(System.out).tencent();
        System.exit(ready ? 0 : 1);
    }

    private boolean tencent() throws Exception {
        FakeTencentCloud cloud = new FakeTencentCloud(CLOCK);
        cloud.images().take(Duration.ofSeconds(6));
        try (FakeServer server = new FakeServer(cloud)) {
            // A lost answer, so that there is something to see: still one image.
            server.faults().next("CreateImage", Fault.LOSE_ANSWER);
            Clouds clouds = new Clouds(
                    new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-demo"), CLOCK);
            ImageRequest request = new TencentImageRequest(
                    "ap-guangzhou", "web-1", "nightly web tier", "ins-6pb6lrmy", null, false, false, null, false);
            CloudConnection account = new CloudConnection(
                    TencentProvider.ID,
                    server.endpoint(),
                    request.region(),
                    new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null));
            out.println("Tencent Cloud (simulated at " + server.endpoint() + "), with its first answer lost:");
            Creation creation = create(clouds, account, request);
            out.println(manifest(creation));
            out.println(server.calls().size() + " calls: " + String.join(", ", server.calls()));
            return creation.progress().imageId() != null && cloud.images().all().size() == 1;
        }
    }

    private Creation create(Clouds clouds, CloudConnection account, ImageRequest request) throws Exception {
        Path folder = Files.createTempDirectory("cloud-image-demo");
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
        try {
            Ledger ledger = new Ledger(folder, clouds);
            ExecutorScheduler scheduler = new ExecutorScheduler(timer, timer);
            CreationEngine engine = new CreationEngine(
                    clouds,
                    ledger,
                    creation -> account,
                    scheduler,
                    CLOCK,
                    RandomGenerator.getDefault(),
                    new ImagePoller(clouds, scheduler, () -> Duration.ofSeconds(1)));
            CompletableFuture<Creation> end = new CompletableFuture<>();
            Creation planned = Creation.plan(
                    new Origin("demo#1", "demo", null),
                    request,
                    Options.DEFAULTS,
                    CLOCK.instant(),
                    Duration.ofMinutes(5));
            ledger.save(planned);
            engine.run(planned, news -> {
                print(news);
                if (news.ended()) {
                    end.complete(news);
                }
            });
            Creation creation = end.get();
            ledger.remove(creation.key());
            return creation;
        } finally {
            timer.shutdownNow();
            Files.delete(folder);
        }
    }

    private void print(Creation creation) {
        Progress progress = creation.progress();
        Duration elapsed = Duration.between(creation.started(), CLOCK.instant());
        out.printf(
                "%5.1f s  %-10s  %s%n",
                elapsed.toMillis() / 1000.0,
                progress.outcome() == null ? progress.phase() : progress.outcome(),
                progress.error() != null
                        ? progress.error().text()
                        : (progress.imageId() == null ? "" : progress.imageId())
                                + (progress.cloudState() == null ? "" : " " + progress.cloudState()));
    }

    private static String manifest(Creation creation) {
        Progress progress = creation.progress();
        return new String(
                ImageManifest.of(List.of(new ImageManifest.Entry(
                                TencentProvider.ID,
                                creation.request().region(),
                                creation.request().imageName(),
                                progress.imageId(),
                                progress.outcome().name().toLowerCase(Locale.ROOT),
                                creation.request().instanceId(),
                                progress.requestId(),
                                creation.started(),
                                progress.ended(),
                                null)))
                        .toJson(),
                StandardCharsets.UTF_8);
    }
}

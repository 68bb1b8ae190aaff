package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import okhttp3.Authenticator;

/**
 * The main job without Jenkins: makes images in each fake cloud through every layer of the core, copies, shares, retires
 * and finds them, and shows the way.
 */
public final class CoreDemo {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration BUILD_TIME = Duration.ofSeconds(4);
    private static final Path MANIFEST = Path.of("target", "demo", "cloud-image.json");

    private final PrintStream out;
    private final Clouds clouds =
            new Clouds(new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-demo"), CLOCK);
    private final Map<SimulatedCloud<?>, FakeServer> servers = new LinkedHashMap<>();
    private Instant begun;

    private CoreDemo(PrintStream out) {
        this.out = out;
    }

    /** Runs the demonstration; exits with 1 unless each cloud has the images that were asked for. */
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

                    %d simulated clouds on this computer, all at the same time. Each one makes web-1 and then web-2. The second
                    image is copied to another region where the cloud can, and shared with another account; web-1 is retired, and
                    the newest image is found. An image takes %d seconds; alibabaEcs adds half a minute until it can be used.
                    tencentCloud loses the response to its first create: watch the one image being found again. qcloud returns
                    no id of a copy, so its copy is watched for two minutes before it counts; web-2 is shared afterwards.

                    """, servers.size(), BUILD_TIME.toSeconds());
            return verdict(live());
        } finally {
            servers.values().forEach(FakeServer::close);
        }
    }

    /** A table of the clouds, where the manifest is, and the last line, which says whether all is well. */
    private boolean verdict(Map<SimulatedCloud<?>, DemoLife.Result> results) throws IOException {
        out.printf(
                "%n%-13s %-13s %-13s %-13s %-15s %7s %6s %8s%n",
                "cloud", "image", "copy", "shared with", "retired", "seconds", "calls", "creates");
        int fine = 0;
        for (Map.Entry<SimulatedCloud<?>, DemoLife.Result> each : results.entrySet()) {
            DemoLife.Result result = each.getValue();
            List<String> calls = servers.get(each.getKey()).calls();
            long creates =
                    calls.stream().filter("CreateImage"::equalsIgnoreCase).count();
            boolean asExpected = result.isAsExpected() && creates == 2;
            fine += asExpected ? 1 : 0;
            out.printf(
                    "%-13s %-13s %-13s %-13s %-15s %7.1f %6d %8d%s%n",
                    each.getKey().id(),
                    result.second().imageId(),
                    result.second().copies().stream()
                            .map(copy -> copy.image().id())
                            .collect(Collectors.joining(" ")),
                    String.join(" ", result.shares()),
                    result.retired() ? result.first().imageId() : "",
                    Duration.between(
                                            result.first().plan().started(),
                                            result.second().ending().at())
                                    .toMillis()
                            / 1000.0,
                    calls.size(),
                    creates,
                    asExpected ? "" : "  NOT AS EXPECTED, " + result.images() + " IMAGES IN THE CLOUD");
        }
        Files.createDirectories(MANIFEST.getParent());
        Files.write(
                MANIFEST,
                ImageManifest.of(
                                null,
                                null,
                                results.values().stream()
                                        .map(result -> entry(result.second()))
                                        .toList())
                        .toJson());
        out.printf("%nWhat the second build would archive in Jenkins: %s%n", MANIFEST);
        out.printf("%d of %d clouds as expected%n", fine, servers.size());
        return fine == servers.size();
    }

    /** All clouds at once, with one engine. */
    private Map<SimulatedCloud<?>, DemoLife.Result> live() throws Exception {
        begun = CLOCK.instant();
        ExecutorService lives = Executors.newFixedThreadPool(servers.size());
        try (DemoEngine engine = new DemoEngine(clouds, this::connect, CLOCK)) {
            Map<SimulatedCloud<?>, Future<DemoLife.Result>> ends = new LinkedHashMap<>();
            for (SimulatedCloud<?> simulated : servers.keySet()) {
                CloudConnection connection =
                        connect(simulated, simulated.request().region());
                ends.put(
                        simulated,
                        lives.submit(new DemoLife(
                                simulated, connection, engine, clouds, text -> print(simulated.id(), text))));
            }
            Map<SimulatedCloud<?>, DemoLife.Result> results = new LinkedHashMap<>();
            for (Map.Entry<SimulatedCloud<?>, Future<DemoLife.Result>> end : ends.entrySet()) {
                results.put(end.getKey(), await(end.getValue(), ends.values()));
            }
            return results;
        } finally {
            lives.shutdownNow();
        }
    }

    /** Says every ten seconds that it goes on. */
    private <T> T await(Future<T> end, Collection<Future<T>> all) throws Exception {
        while (true) {
            try {
                return end.get(10, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                long done = all.stream().filter(Future::isDone).count();
                print("", done + " of " + all.size() + " have ended, waiting for the others");
            }
        }
    }

    private CloudConnection connect(Creation creation) {
        String cloud = clouds.of(creation.request()).id();
        SimulatedCloud<?> simulated = servers.keySet().stream()
                .filter(each -> each.id().equals(cloud))
                .findFirst()
                .orElseThrow();
        return connect(simulated, creation.request().region());
    }

    private CloudConnection connect(SimulatedCloud<?> simulated, String region) {
        return new CloudConnection(
                simulated.id(), servers.get(simulated).endpoint(), region, simulated.key(), simulated.settings());
    }

    private synchronized void print(String cloud, String text) {
        out.printf(
                "%5.1f s  %-12s  %s%n", Duration.between(begun, CLOCK.instant()).toMillis() / 1000.0, cloud, text);
        out.flush();
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
                creation.options().shareWith(),
                creation.copies().stream()
                        .map(copy -> copy(copy, creation.options().shareWith()))
                        .toList());
    }

    private static ImageManifest.Copy copy(CopyStatus copy, List<String> shares) {
        return new ImageManifest.Copy(
                copy.region(),
                copy.name(),
                copy.image().id(),
                copy.isReady() ? "ready" : "failed",
                null,
                null,
                false,
                null,
                null,
                null,
                shares);
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.http.DatedTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An engine on a virtual clock that makes images in a fake cloud, and can die and restart. */
final class EngineRig implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(EngineRig.class.getName());
    static final String REGION = "ap-guangzhou";
    static final String INSTANCE = "ins-6pb6lrmy";
    /** A limit that no creation reaches. */
    private static final int MANY = 50_000;

    static final Duration POLL = Duration.ofSeconds(30);
    static final Duration TIMEOUT = Duration.ofHours(1);
    static final AccessKey KEY = new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null);

    final VirtualTime time;
    final TestCloud cloud;
    final TestCloud.Account account;
    final FakeServer server;
    /** The service for scaling groups, or null. */
    FakeServer scaling;
    /** The server; a test may put a proxy before the cloud. */
    FakeCloud front;

    final List<Creation> heard = new ArrayList<>();
    Clouds clouds;
    final Random random;
    /** How far the controller's clock is ahead of the cloud's. */
    Duration skew = Duration.ZERO;
    /** The wall clock of the controller. */
    final Clock clock = new Skewed();
    /** Whether a task is lost; if this throws, the task cannot be scheduled. */
    Predicate<Duration> loses = delay -> false;
    /** Whether a build's record on disk contradicts the ledger. */
    Predicate<Creation> contradicted = creation -> false;

    /** The builds that are kept forever. */
    final Set<String> kept = new HashSet<>();
    /** What was told last of earlier images. */
    List<Verdict> judged = List.of();
    /** What was told last of the earlier images in each region. */
    final Map<String, List<Verdict>> judgedIn = new HashMap<>();
    /** The images that are retired, by the keys of their records. */
    final Map<String, Creation> retirements = new HashMap<>();

    MadeImages made;
    Predecessors predecessors;
    private Path records;
    Ledger ledger;
    CreationEngine engine;
    private Life life = new Life();
    CreationEngine.Connector connector;
    /** Receives the creation's progress. */
    CreationEngine.Listener listener = heard::add;
    /** Receives the action of each request before the cloud does. */
    Consumer<String> onRequest = action -> {};

    /** Uses Tencent Cloud. */
    EngineRig(Path folder, long seed) {
        this(folder, seed, TestCloud.TENCENT);
    }

    EngineRig(Path folder, long seed, TestCloud cloud) {
        this.cloud = cloud;
        time = new VirtualTime();
        account = cloud.account(time);
        front = account.fake();
        server = new FakeServer(new Observed());
        clouds = new Clouds(DatedTransport.by(time), clock);
        connector = creation -> connection(account.key())
                .in(creation.request().region(), server.endpoint())
                .withScaling(scalingEndpoint());
        random = new Random(seed);
        restart(folder);
    }

    /** Another controller that works with the same account at the same time. */
    EngineRig(EngineRig other, Path folder) {
        cloud = other.cloud;
        time = other.time;
        account = other.account;
        front = other.front;
        server = other.server;
        clouds = new Clouds(DatedTransport.by(time), clock);
        connector = creation -> connection(account.key())
                .in(creation.request().region(), server.endpoint())
                .withScaling(scalingEndpoint());
        random = new Random(2);
        restart(folder);
    }

    CloudConnection connection(AccessKey key) {
        return connection(server.endpoint(), key);
    }

    CloudConnection connection(URI endpoint, AccessKey key) {
        return new CloudConnection(cloud.id, endpoint, cloud.region, key, cloud.settings());
    }

    /** Serves the cloud's service for scaling groups from now on, if it has one of its own. */
    void serveScaling() {
        FakeCloud service = ((FakeTemplates.Account) account.fake()).scalingService();
        scaling = service == null ? null : new FakeServer(service);
    }

    private URI scalingEndpoint() {
        return scaling == null ? null : scaling.endpoint();
    }

    boolean stoppedSource() {
        return clouds.provider(cloud.id).capabilities().stoppedSource();
    }

    FakeImages images() {
        return account.images();
    }

    FakeTencentCloud tencent() {
        return (FakeTencentCloud) account.fake();
    }

    /** What carries the calls from the next process on. */
    void transport(HttpTransport transport) {
        clouds = new Clouds(DatedTransport.by(time, transport), clock);
    }

    /** Kills the process: its scheduled tasks never run. */
    void die() {
        life.over = true;
    }

    /** Starts a new process with the records in a folder. */
    void restart(Path folder) {
        die();
        records = folder;
        life = new Life();
        ledger = new Ledger(folder, clouds, clock);
        made = new MadeImages(folder.resolve("made"), clock);
        predecessors = new Predecessors(made, ledger, clouds, clock, new Builds());
        engine = new CreationEngine(
                clouds,
                ledger,
                new Connector(),
                id -> Integer.toHexString(id.hashCode()),
                life,
                clock,
                random,
                new ImagePoller(clouds, life, () -> POLL, new Durations(), () -> 0),
                predecessors);
        engine.restore(creation -> contradicted.test(creation));
    }

    /** Starts a new process that continues all creations in the ledger. */
    void resumeAll(Path folder) {
        restart(folder);
        ledger.all().records().stream()
                .map(StoredCreation::creation)
                .filter(creation -> !creation.isCopy())
                .forEach(this::run);
    }

    static ImageRequest request(String name, boolean dryRun) {
        return new TencentImageRequest(REGION, name, null, INSTANCE, null, false, false, null, dryRun);
    }

    /** Plans and saves a creation, as a build does before it runs it. */
    Creation plan(ImageRequest request, Duration timeout) {
        return plan(request, Options.DEFAULTS, timeout);
    }

    Creation plan(ImageRequest request, Options options, Duration timeout) {
        return plan(request, options, CopyPlan.NONE, timeout);
    }

    Creation plan(ImageRequest request, Options options, CopyPlan copies, Duration timeout) {
        Creation creation = Creation.plan(
                new BuildReference("job#1", "tencent-prod", "simulator"),
                request,
                options,
                copies,
                clock.instant(),
                timeout);
        ledger.save(creation);
        return creation;
    }

    Creation start(String name) {
        Creation creation = plan(request(name, false), TIMEOUT);
        run(creation);
        return creation;
    }

    void run(Creation creation) {
        Life mine = life;
        engine.run(creation, news -> {
            if (!mine.over) {
                listener.changed(news);
            }
        });
    }

    Creation saved(Creation creation) {
        return ledger.load(creation.key()).orElseThrow().creation();
    }

    /** The record in memory or, if the engine has removed it, on disk. */
    Creation live(Creation creation) {
        return engine.creations().stream()
                .filter(one -> one.key().equals(creation.key()))
                .findFirst()
                .orElseGet(() -> saved(creation));
    }

    /** Whether all is done and on disk; reads the disk only if the engine says so. */
    boolean isDone(Creation creation) {
        return engine.creations().stream()
                        .filter(each -> each.key().equals(creation.key()))
                        .allMatch(Creation::done)
                && saved(creation).done();
    }

    /** Identifies the present file of the record; each save creates another one. */
    Object file(Creation creation) {
        try {
            Path file = records.resolve(creation.key() + ".json");
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The image's state as the engine knows it now, or null. */
    String cloudState(Creation creation) {
        ImageStatus image = live(creation).image();
        return image == null ? null : image.cloudState();
    }

    /** The first end that was reported. */
    Creation toldEnd() {
        return heard.stream().filter(Creation::ended).findFirst().orElseThrow();
    }

    /** Makes an image outside of the engine, as in the cloud's console. */
    String makeByHand(ImageRequest request) {
        List<String> before = imageIds();
        try {
            clouds.connect(connection(account.key()))
                    .create(request, UUID.randomUUID().toString());
        } catch (CloudException e) {
            throw new AssertionError(e);
        }
        return imageIds().stream()
                .filter(id -> !before.contains(id))
                .findFirst()
                .orElseThrow();
    }

    /** Makes the next call of a kind fail, under any of the clouds' names. */
    void failNext(String call, Fault fault) {
        Consumer<String> before = onRequest;
        onRequest = action -> {
            if (is(action, call)) {
                onRequest = before;
                server.faults().next(action, fault);
            }
            before.accept(action);
        };
    }

    /** Whether an action is of a kind, such as "CreateImage", "DeleteImage" or "StartInstance". */
    static boolean is(String action, String call) {
        return action.regionMatches(true, 0, call, 0, call.length());
    }

    /** How many calls of a kind have arrived. */
    long count(String call) {
        return server.calls().stream().filter(action -> is(action, call)).count();
    }

    void until(Creation creation, Phase phase) {
        time.runUntil(() -> live(creation).phase() == phase);
    }

    void untilSaved(Creation creation, Phase phase) {
        time.runUntil(() -> saved(creation).phase() == phase);
    }

    /** Waits for the end, whether or not it can be saved. */
    Creation finishLive(Creation creation) {
        time.runUntil(() -> live(creation).ended());
        return live(creation);
    }

    Creation finish(Creation creation) {
        int[] steps = new int[1];
        time.runUntil(() -> {
            if (++steps[0] == MANY) {
                throw new AssertionError("There is no end at " + time.uptime() + ": " + live(creation));
            }
            return isDone(creation);
        });
        time.pass(Duration.ofMillis(1));
        return saved(creation);
    }

    List<String> imageIds() {
        return images().all().stream().map(FakeImage::id).toList();
    }

    List<Phase> phasesHeard() {
        return heard.stream().map(Creation::phase).distinct().toList();
    }

    @Override
    public void close() {
        server.close();
        if (scaling != null) {
            scaling.close();
        }
    }

    /** Cleans a retired image up, as the controller does after a restart too. */
    void retire(String key) {
        Life mine = life;
        engine.cleanUp(key, news -> {
            if (!mine.over) {
                retirements.put(key, news);
                if (news.done()) {
                    predecessors.noteRetired(news);
                }
            }
        });
    }

    private final class Builds implements Predecessors.Builds {
        @Override
        public boolean isKept(String build) {
            return kept.contains(build);
        }

        @Override
        public void judged(Creation creation, List<Verdict> verdicts) {
            judged = verdicts;
            judgedIn.put(creation.request().region(), verdicts);
        }

        @Override
        public void retires(String key) {
            retire(key);
        }
    }

    /** One process. */
    private final class Life implements Scheduler {
        private volatile boolean over;

        @Override
        public void schedule(Runnable task, Duration delay) {
            if (!over && loses.test(delay)) {
                return;
            }
            time.schedule(
                    () -> {
                        if (!over) {
                            run(task);
                        }
                    },
                    delay);
        }

        /** Runs a task; like in a thread pool, an exception ends only the task. */
        private static void run(Runnable task) {
            try {
                task.run();
            } catch (OutOfMemoryError e) {
                LOGGER.log(Level.FINE, "A task failed", e);
            }
        }

        @Override
        public Duration uptime() {
            return time.uptime();
        }
    }

    private final class Skewed extends Clock {
        @Override
        public Instant instant() {
            return time.instant().plus(skew);
        }

        @Override
        public ZoneId getZone() {
            return time.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** The test's connector as it is at the time of the call. */
    private final class Connector implements CreationEngine.Connector {
        @Override
        public CloudConnection connect(Creation creation) throws CloudException {
            return connector.connect(creation);
        }

        @Override
        public void refused(CloudConnection connection) {
            connector.refused(connection);
        }
    }

    private final class Observed implements FakeCloud {
        @Override
        public String action(Received request) {
            String action = account.fake().action(request);
            onRequest.accept(action);
            return action;
        }

        @Override
        public Answer answer(Received request) {
            return front.answer(request);
        }

        @Override
        public Answer throttled() {
            return account.fake().throttled();
        }
    }
}

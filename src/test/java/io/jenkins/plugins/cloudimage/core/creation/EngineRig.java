package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeImages;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** An engine on a virtual clock that makes images in a fake cloud, and dies and comes back on demand. */
final class EngineRig implements AutoCloseable {
    static final String REGION = "ap-guangzhou";
    static final String INSTANCE = "ins-6pb6lrmy";
    static final Duration POLL = Duration.ofSeconds(30);
    static final Duration TIMEOUT = Duration.ofHours(1);
    static final AccessKey KEY = new AccessKey(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, null);

    final VirtualTime time = new VirtualTime();
    final TestCloud cloud;
    final TestCloud.Account account;
    final FakeServer server;
    /** What answers; a test may put something before the cloud. */
    FakeCloud front;

    final List<Creation> heard = new ArrayList<>();
    Clouds clouds = new Clouds(TestTransport.direct(), time);
    final Random random;

    Ledger ledger;
    CreationEngine engine;
    private Life life = new Life();
    CreationEngine.Connector connector;
    /** Is told of news. */
    CreationEngine.Listener listener = heard::add;
    /** Is told of each request's action before the cloud sees the request. */
    Consumer<String> onRequest = action -> {};

    /** Uses Tencent Cloud. */
    EngineRig(Path folder, long seed) {
        this(folder, seed, TestCloud.TENCENT);
    }

    EngineRig(Path folder, long seed, TestCloud cloud) {
        this.cloud = cloud;
        account = cloud.account(time);
        front = account.fake();
        server = new FakeServer(new Observed());
        connector = creation -> connection(account.key());
        random = new Random(seed);
        restart(folder);
    }

    CloudConnection connection(AccessKey key) {
        return new CloudConnection(cloud.id, server.endpoint(), cloud.region, key, cloud.settings());
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
        clouds = new Clouds(transport, time);
    }

    /** Nothing that the present engine has planned will be done. */
    void die() {
        life.over = true;
    }

    /** What was in memory is gone; a new engine finds what is in a folder. */
    void restart(Path folder) {
        die();
        life = new Life();
        ledger = new Ledger(folder, clouds);
        engine = new CreationEngine(
                clouds,
                ledger,
                creation -> connector.connect(creation),
                life,
                time,
                random,
                new ImagePoller(clouds, life, () -> POLL, () -> 0));
    }

    /** A new process goes on with all that is in the ledger. */
    void resumeAll(Path folder) {
        restart(folder);
        ledger.all().forEach(this::run);
    }

    static ImageRequest request(String name, boolean dryRun) {
        return new TencentImageRequest(REGION, name, null, INSTANCE, null, false, false, null, dryRun);
    }

    /** Plans and saves, as a build does before it hands the creation over. */
    Creation plan(ImageRequest request, Duration timeout) {
        return plan(request, Options.DEFAULTS, timeout);
    }

    Creation plan(ImageRequest request, Options options, Duration timeout) {
        Creation creation =
                Creation.plan(new Origin("job#1", "tencent-prod", null), request, options, time.instant(), timeout);
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
        return ledger.load(creation.key()).orElseThrow();
    }

    void until(Creation creation, Phase phase) {
        time.runUntil(() -> saved(creation).phase() == phase);
    }

    Creation finish(Creation creation) {
        time.runUntil(() -> saved(creation).done());
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
    }

    /** One process. */
    private final class Life implements Scheduler {
        private volatile boolean over;

        @Override
        public void schedule(Runnable task, Duration delay) {
            time.schedule(
                    () -> {
                        if (!over) {
                            task.run();
                        }
                    },
                    delay);
        }

        @Override
        public Duration uptime() {
            return time.uptime();
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

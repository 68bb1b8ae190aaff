package io.jenkins.plugins.cloudimage.peers.bench;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Stock;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Waits for many images of one account, on a clock that jumps. Images take ten minutes, give or take five seconds, so that
 * no loop is in step with them; the same seed gives both sides the same images. The calls are real ones, signed and sent
 * over the loopback interface to the simulator, which keeps each cloud's documented rate.
 */
final class Polling {
    private static final Duration TAKES = Duration.ofMinutes(10);
    private static final int SCATTER_MILLIS = 5000;
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final Random random;
    private final List<Duration> lags = new ArrayList<>();
    private final Set<Duration> throttled = new HashSet<>();

    private final FakeAccount.Kind kind;

    private Polling(FakeAccount.Kind kind, long seed) {
        this.kind = kind;
        random = new Random(seed);
    }

    /** What it came to. */
    record Cost(int images, long calls, int throttled, List<Duration> lags) {
        double callsPerImage() {
            return calls / (double) images;
        }

        double lag(int percent) {
            List<Duration> sorted = new ArrayList<>(lags);
            Collections.sort(sorted);
            return sorted.get((sorted.size() * percent + 99) / 100 - 1).toMillis() / 1e3;
        }

        /** Both together. */
        Cost plus(Cost other) {
            List<Duration> all = new ArrayList<>(lags);
            all.addAll(other.lags);
            return new Cost(images + other.images, calls + other.calls, throttled + other.throttled, all);
        }
    }

    /** Starts to wait for one image of an account. */
    private interface Waiting {
        void begin(FakeAccount account, FakeServer server, FakeImage image);
    }

    /** Waits as the plugin does, with the interval that it has unless an administrator says otherwise. */
    static Cost shared(FakeAccount.Kind kind, int count, Duration within, long seed) {
        Polling polling = new Polling(kind, seed);
        ImagePoller poller = new ImagePoller(
                new Clouds(Ours.transport(), polling.time),
                polling.time,
                () -> INTERVAL,
                new Durations(),
                new Random(seed));
        return polling.run(
                count,
                within,
                (account, server, image) -> polling.new Watcher(poller, account.connection(server), image));
    }

    /** Waits by one loop for each image, as Packer does: asks, sleeps, asks again. */
    static Cost loops(FakeAccount.Kind kind, int count, Duration within, long seed, Duration interval) {
        Polling polling = new Polling(kind, seed);
        Clouds clouds = new Clouds(Ours.transport(), polling.time);
        return polling.run(count, within, (account, server, image) -> {
            Cloud cloud = clouds.connect(account.connection(server));
            polling.loop(cloud, image, interval);
        });
    }

    private Cost run(int count, Duration within, Waiting waiting) {
        FakeAccount account = FakeAccount.of(kind, time);
        try (FakeServer server = new FakeServer(account.fake())) {
            for (int i = 0; i < count; i++) {
                String name = "web-" + i;
                Duration takes =
                        TAKES.minus(kind.usableAfter).plusMillis(random.nextInt(2 * SCATTER_MILLIS) - SCATTER_MILLIS);
                time.schedule(
                        () -> {
                            account.images().take(takes);
                            waiting.begin(account, server, Stock.begin(account.images(), name));
                        },
                        within.multipliedBy(i).dividedBy(count));
            }
            time.runUntil(() -> lags.size() == count);
            return new Cost(count, server.calls().size(), throttled.size(), lags);
        }
    }

    private void ready(FakeImage image) {
        lags.add(Duration.between(image.finished().plus(kind.usableAfter), time.instant()));
    }

    private void failed(CloudError error) {
        if (error.kind() != ErrorKind.THROTTLED) {
            throw new IllegalStateException("The simulator refused a call: " + error);
        }
        throttled.add(time.uptime());
    }

    private void loop(Cloud cloud, FakeImage image, Duration interval) {
        try {
            if (cloud.describe(List.of(image.id())).get(0).state() == ImageState.READY) {
                ready(image);
                return;
            }
        } catch (CloudException e) {
            failed(e.error());
        }
        time.schedule(() -> loop(cloud, image, interval), interval);
    }

    private final class Watcher implements ImagePoller.Observer {
        private final FakeImage image;
        private final ImagePoller.Watch watch;

        Watcher(ImagePoller poller, CloudConnection connection, FakeImage image) {
            this.image = image;
            this.watch = poller.watch(connection, image.id(), "i-1", Duration.ZERO, this);
        }

        @Override
        public void seen(CloudImage seen) {
            if (seen.state() == ImageState.READY) {
                ready(image);
                watch.cancel();
            }
        }

        @Override
        public void absent() {
            throw new IllegalStateException("Every image is there");
        }

        @Override
        public void failed(CloudError error) {
            Polling.this.failed(error);
        }
    }
}

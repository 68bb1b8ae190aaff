package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * An account on a clock that jumps, whose images take as long as a scenario says: how long the news that one is ready takes,
 * and how many calls it costs, beside a loop for each image that asks every five seconds.
 */
public final class PollingWorld {
    /** What an account allows: that of Tencent Cloud, the most generous one. */
    private static final Capabilities CAPABILITIES = new Capabilities(
            false, true, true, false, 100, 10, 40, new SharingLimits(10, 10, 10, SharingLimits.AccountIds.NUMBERS));

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration LOOP = Duration.ofSeconds(5);
    private static final int EARLIER = 20;
    private static final double TEN_MINUTES = 600;

    private final VirtualTime time = new VirtualTime();
    private final Random random;
    private final Scenario scenario;
    private final Map<String, Duration> readyAt = new HashMap<>();
    private final List<Duration> moments = new ArrayList<>();
    private final List<Duration> lags = new ArrayList<>();
    private final CloudConnection account =
            new CloudConnection("stub", URI.create("https://cloud.test"), "here", new AccessKey("a", "secret", null));
    private int refused;

    /**
     * What happens in a world.
     *
     * @param title what it is called in tables
     * @param atOnce how many images are waited for at once; they begin within a minute
     * @param earlier whether images were made before, by which the next ones are expected
     * @param seconds how long an image takes
     * @param throttled which share of the calls is refused because other programs use the account
     */
    public record Scenario(
            String title, int atOnce, boolean earlier, ToDoubleFunction<Random> seconds, double throttled) {
        static Scenario one(String title, boolean earlier, ToDoubleFunction<Random> seconds, double throttled) {
            return new Scenario(title, 1, earlier, seconds, throttled);
        }
    }

    /** The worlds of the table. */
    public static final List<Scenario> SCENARIOS = List.of(
            Scenario.one("1 wait, no earlier image, 10 minutes", false, random -> about(TEN_MINUTES, 0.01, random), 0),
            Scenario.one("1 wait, 10 minutes ± 1 %", true, random -> about(TEN_MINUTES, 0.01, random), 0),
            Scenario.one("1 wait, 10 minutes ± 10 %", true, random -> about(TEN_MINUTES, 0.1, random), 0),
            Scenario.one(
                    "1 wait, log-normal, sigma 0.4",
                    true,
                    random -> TEN_MINUTES * Math.exp(0.4 * random.nextGaussian()),
                    0),
            Scenario.one(
                    "1 wait, 5 or 15 minutes",
                    true,
                    random -> about(random.nextBoolean() ? TEN_MINUTES / 2 : TEN_MINUTES * 3 / 2, 0.01, random),
                    0),
            Scenario.one("1 wait, 3 minutes ± 1 %", true, random -> about(180, 0.01, random), 0),
            Scenario.one("1 wait, 90 minutes ± 1 %", true, random -> about(5400, 0.01, random), 0),
            Scenario.one("1 wait, 5 % throttled by others", true, random -> about(TEN_MINUTES, 0.01, random), 0.05),
            Scenario.one("1 wait, 30 % throttled by others", true, random -> about(TEN_MINUTES, 0.01, random), 0.3),
            Scenario.one("1 wait, 80 % throttled by others", true, random -> about(TEN_MINUTES, 0.01, random), 0.8),
            new Scenario("100 waits", 100, true, random -> about(TEN_MINUTES, 0.01, random), 0),
            new Scenario("1,000 waits", 1000, true, random -> about(TEN_MINUTES, 0.01, random), 0));

    /**
     * What it came to.
     *
     * @param calls describe calls for each image
     * @param lags from ready to told, sorted
     * @param mostInASecond the most calls in a second
     */
    public record Cost(double calls, List<Duration> lags, int mostInASecond) {
        /** The lag that so many of a hundred images do not exceed, in seconds. */
        public double lag(int percent) {
            return lags.get((lags.size() * percent + 99) / 100 - 1).toMillis() / 1e3;
        }
    }

    private interface Waiting {
        void begin(String id);
    }

    private PollingWorld(Scenario scenario, long seed) {
        this.scenario = scenario;
        this.random = new Random(seed);
    }

    private static double about(double seconds, double share, Random random) {
        return seconds * (1 + share * (2 * random.nextDouble() - 1));
    }

    /** Waits as the plugin does, with its usual interval. */
    public static Cost plugin(Scenario scenario, int images, long seed) {
        PollingWorld world = new PollingWorld(scenario, seed);
        ImagePoller poller = world.poller(seed);
        return world.run(images, id -> world.new Watcher(scenario.earlier() ? poller : world.poller(seed), id));
    }

    private ImagePoller poller(long seed) {
        Clouds clouds = new Clouds(List.of(provider()));
        return new ImagePoller(clouds, time, () -> INTERVAL, new Durations(), new Random(seed));
    }

    /** Waits by one loop for each image. */
    public static Cost loop(Scenario scenario, int images, long seed) {
        PollingWorld world = new PollingWorld(scenario, seed);
        return world.run(images, world::loop);
    }

    private Cost run(int images, Waiting waiting) {
        int made = scenario.earlier() ? makeEarlier(waiting) : 0;
        int end = made + images;
        while (made < end) {
            int wave = Math.min(scenario.atOnce(), end - made);
            for (int i = 0; i < wave; i++) {
                String id = "img-" + made++;
                Duration begin = Duration.ofMinutes(1).multipliedBy(i).dividedBy(wave);
                time.schedule(() -> begin(id, waiting), begin);
            }
            int all = wave + lags.size();
            time.runUntil(() -> lags.size() == all);
        }
        List<Duration> sorted = new ArrayList<>(lags);
        Collections.sort(sorted);
        return new Cost(moments.size() / (double) images, sorted, mostInASecond());
    }

    private int makeEarlier(Waiting waiting) {
        for (int i = 0; i < EARLIER; i++) {
            begin("img-" + i, waiting);
            int all = i + 1;
            time.runUntil(() -> lags.size() == all);
        }
        lags.clear();
        moments.clear();
        return EARLIER;
    }

    private void begin(String id, Waiting waiting) {
        readyAt.put(
                id, time.uptime().plusMillis((long) (1000 * scenario.seconds().applyAsDouble(random))));
        waiting.begin(id);
    }

    private int mostInASecond() {
        int most = 0;
        int first = 0;
        for (int last = 0; last < moments.size(); last++) {
            while (moments.get(last).minus(moments.get(first)).toMillis() >= 1000) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private List<CloudImage> describe(Collection<String> ids) throws CloudException {
        moments.add(time.uptime());
        if (random.nextDouble() < scenario.throttled()) {
            refused++;
            throw CloudError.of(ErrorKind.THROTTLED, SideEffect.NONE)
                    .message("refused " + refused)
                    .exception();
        }
        return ids.stream().map(this::image).toList();
    }

    private CloudImage image(String id) {
        boolean ready = time.uptime().compareTo(readyAt.get(id)) >= 0;
        ImageState state = ready ? ImageState.READY : ImageState.PENDING;
        return new CloudImage(id, "web", state, state.name(), null, null, null, null);
    }

    private void told(String id) {
        lags.add(time.uptime().minus(readyAt.get(id)));
    }

    private void loop(String id) {
        try {
            if (describe(List.of(id)).get(0).state() == ImageState.READY) {
                told(id);
                return;
            }
        } catch (CloudException e) {
            // Asked again like any other time.
        }
        time.schedule(() -> loop(id), LOOP);
    }

    /** Only what a poller needs. */
    private CloudProvider provider() {
        Cloud cloud = (Cloud) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Cloud.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "describe" -> describe(ids(arguments[0]));
                    case "time" -> Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (CloudProvider) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CloudProvider.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "id" -> account.cloud();
                    case "capabilities" -> CAPABILITIES;
                    case "connect" -> cloud;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked")
    private static Collection<String> ids(Object argument) {
        return (Collection<String>) argument;
    }

    private final class Watcher implements ImagePoller.Observer {
        private final String id;
        private final ImagePoller.Watch watch;

        Watcher(ImagePoller poller, String id) {
            this.id = id;
            this.watch = poller.watch(account, id, "ins-1", Duration.ZERO, this);
        }

        @Override
        public void seen(CloudImage image) {
            if (image.state() == ImageState.READY) {
                told(id);
                watch.cancel();
            }
        }

        @Override
        public void absent() {
            throw new AssertionError("Every image is there");
        }

        @Override
        public void failed(CloudError error) {
            // It is asked again.
        }
    }
}

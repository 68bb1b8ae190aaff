package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What waiting costs and how long news takes, with the default interval of ten seconds and jitter. One loop per image
 * that asks every five seconds makes 121 calls for each image of ten minutes.
 */
class PollingCostTest {
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = new VirtualTime();
    private final DescribedImages images = new DescribedImages(time);
    private final FakeServer server = new FakeServer(images);
    private final CloudConnection account =
            new CloudConnection(TencentProvider.ID, server.endpoint(), "ap-x", new AccessKey("a", "secret", null));
    private final List<Duration> delays = new ArrayList<>();
    private int begun;
    private int failures;
    private ImagePoller poller;

    private void poller(long seed) {
        poller = new ImagePoller(
                new Clouds(TestTransport.direct(), time),
                time,
                () -> Duration.ofSeconds(10),
                new Durations(),
                new Random(seed));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Begins to wait for an image, and ends the wait when it is told that the image is ready. */
    private final class Waiting implements ImagePoller.Observer {
        private final Duration ready;
        private final ImagePoller.Watch watch;

        Waiting(Duration takes) {
            String id = "img-" + begun++;
            ready = time.uptime().plus(takes);
            images.readyAt.put(id, ready);
            watch = poller.watch(account, id, "i-1", Duration.ZERO, this);
        }

        @Override
        public void seen(CloudImage image) {
            if (image.state() == ImageState.READY) {
                delays.add(time.uptime().minus(ready));
                watch.cancel();
            }
        }

        @Override
        public void absent() {
            throw new AssertionError("Every image is there");
        }

        @Override
        public void failed(CloudError error) {
            failures++;
        }
    }

    /** Begins waits evenly within a time. */
    private void begin(int count, Duration within) {
        for (int i = 0; i < count; i++) {
            time.schedule(() -> new Waiting(TEN_MINUTES), within.multipliedBy(i).dividedBy(count));
        }
    }

    private void finish(int count) {
        time.runUntil(() -> delays.size() == count);
    }

    private double callsPerImage() {
        return images.moments.size() / (double) delays.size();
    }

    private Duration percentile(int percent) {
        List<Duration> sorted = new ArrayList<>(delays);
        Collections.sort(sorted);
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }

    private String report() {
        return delays.size() + " images: " + callsPerImage() + " calls each, told after p50 " + percentile(50)
                + ", p95 " + percentile(95) + ", at most " + images.mostInASecond() + " calls in a second";
    }

    private static void assertAtMost(Duration limit, Duration actual, String report) {
        assertTrue(actual.compareTo(limit) <= 0, report);
    }

    @ParameterizedTest
    @CsvSource({"100, 1", "100, 2", "100, 3", "100, 4", "100, 5", "300, 1", "1000, 1"})
    void manyImagesThatBeginWithinAMinuteShareTheirCalls(int count, long seed) {
        poller(seed);
        begin(count, MINUTE);
        finish(count);

        System.out.println("First wave of " + report());
        assertTrue(callsPerImage() <= 2.1, report());
        assertAtMost(Duration.ofSeconds(1), percentile(50), report());
        assertAtMost(Duration.ofSeconds(2), percentile(95), report());
        assertTrue(images.mostInASecond() <= 20, report());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1000})
    void theNextWaveIsToldSoonerAndCostsNoMore(int count) {
        poller(1);
        begin(1, MINUTE);
        finish(1);
        delays.clear();
        images.moments.clear();

        begin(count, MINUTE);
        finish(count);

        System.out.println("Second wave of " + report());
        assertTrue(callsPerImage() <= 1.9, report());
        assertAtMost(Duration.ofSeconds(1), percentile(50), report());
        assertAtMost(Duration.ofSeconds(2), percentile(95), report());
    }

    @Test
    void aSingleImageThatIsTheFirstIsToldWithinFourSeconds() {
        int calls = 0;
        for (int seed = 0; seed < 100; seed++) {
            poller(seed);
            images.moments.clear();
            begin(1, MINUTE);
            finish(seed + 1);
            calls = Math.max(calls, images.moments.size());
        }

        System.out.println("Single images, none before: at most " + calls + " calls, p95 " + percentile(95));
        assertTrue(calls <= 165, calls + " calls");
        assertAtMost(Duration.ofSeconds(4), percentile(100), report());
    }

    @Test
    void aSingleImageThatIsNotTheFirstIsToldWithinSeconds() {
        poller(1);
        begin(1, MINUTE);
        finish(1);
        delays.clear();
        images.moments.clear();

        for (int i = 1; i <= 20; i++) {
            begin(1, MINUTE);
            finish(i);
        }

        System.out.println("Single images, others before: " + report());
        assertTrue(callsPerImage() <= 95, report());
        assertAtMost(Duration.ofSeconds(2), percentile(100), report());
    }

    @Test
    void imagesThatBeginOneAfterTheOtherCostLittleToo() {
        poller(1);
        begin(1500, Duration.ofMinutes(15));
        finish(1500);

        System.out.println("A hundred a minute: " + report());
        assertTrue(callsPerImage() <= 1.5, report());
        assertAtMost(Duration.ofSeconds(1), percentile(50), report());
        assertAtMost(Duration.ofSeconds(2), percentile(95), report());
    }

    @Test
    void tenThousandImagesStayWithinTheRate() {
        poller(1);
        begin(10_000, MINUTE);
        time.pass(MINUTE.plusSeconds(20));

        assertEquals(
                10_000, images.batches.stream().flatMap(Set::stream).distinct().count());
        assertTrue(images.mostInASecond() <= 20, images.mostInASecond() + " in a second");
    }

    @Test
    void aWallClockThatIsSetBackHoldsUpNobody() {
        poller(1);
        begin(100, MINUTE);
        time.pass(Duration.ofMinutes(5));
        time.setClock(Instant.parse("2020-01-01T00:00:00Z"));
        finish(100);

        assertAtMost(Duration.ofSeconds(2), percentile(95), report());
        assertTrue(callsPerImage() <= 2.1, report());
    }

    @Test
    void throttledAnswersSlowTheCallsAndLoseNobody() {
        poller(1);
        begin(1000, MINUTE);
        server.faults().next("DescribeImages", Fault.THROTTLED, Fault.THROTTLED, Fault.THROTTLED);
        finish(1000);

        assertEquals(3, server.count("DescribeImages") - images.moments.size());
        assertTrue(failures >= 300, failures + " were told");
        assertTrue(callsPerImage() <= 2.1, report());
        assertAtMost(Duration.ofSeconds(2), percentile(95), report());
    }
}

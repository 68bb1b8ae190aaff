package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.RoleSession;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a cloud in the shape of Tencent's, on a virtual clock and without jitter. */
class ImagePollerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    /** Time enough for the first round and its calls, and too little for a second one. */
    private static final Duration ROUND = INTERVAL.plusSeconds(3);

    private static final String DESCRIBE = "DescribeImages";

    private final VirtualTime time = new VirtualTime();
    private final DescribedImages cloud = new DescribedImages(time);
    private final FakeServer server = new FakeServer(cloud);
    private final ImagePoller poller =
            new ImagePoller(new Clouds(TestTransport.direct(), time), time, () -> INTERVAL, new Durations(), () -> 0);
    private final TreeMap<String, List<String>> news = new TreeMap<>();

    /** Writes down what it is told. */
    private class Noting implements ImagePoller.Observer {
        private final List<String> told;

        Noting(String id) {
            told = news.computeIfAbsent(id, key -> new ArrayList<>());
        }

        @Override
        public void seen(CloudImage image) {
            told.add(image.cloudState());
        }

        @Override
        public void absent() {
            told.add("absent");
        }

        @Override
        public void failed(CloudError error) {
            told.add(error.kind().toString());
        }
    }

    private CloudConnection account(String key) {
        return new CloudConnection(TencentProvider.ID, server.endpoint(), "ap-x", new AccessKey(key, "secret", null));
    }

    private ImagePoller.Watch watch(String id) {
        return poller.watch(account("a"), id, "i-1", Duration.ZERO, new Noting(id));
    }

    private void watchMany(int count) {
        for (int i = 0; i < count; i++) {
            watch("img-" + i);
        }
    }

    private List<Integer> sizes() {
        return cloud.batches.stream().map(Set::size).toList();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aHundredWaitsOfAnAccountShareOneCall() {
        watchMany(100);

        time.pass(INTERVAL);
        assertEquals(List.of(100), sizes());
        time.pass(INTERVAL);
        assertEquals(List.of(100, 100), sizes());
        assertTrue(news.values().stream().allMatch(List.of("CREATING", "CREATING")::equals));
    }

    @Test
    void oneMoreTakesASecondCall() {
        watchMany(101);

        time.pass(ROUND);

        assertEquals(List.of(100, 1), sizes());
        assertTrue(news.values().stream().allMatch(List.of("CREATING")::equals));
    }

    @Test
    void theCallsOfARoundAreSpacedAtHalfTheDocumentedRate() {
        watchMany(1000);

        time.pass(ROUND);

        assertEquals(10, cloud.moments.size());
        for (int i = 0; i < 10; i++) {
            assertEquals(INTERVAL.plusMillis(50L * i), cloud.moments.get(i));
        }
    }

    @Test
    void accountsArePolledApart() {
        poller.watch(account("a"), "img-1", "i-1", Duration.ZERO, new Noting("a1"));
        poller.watch(account("b"), "img-1", "i-1", Duration.ZERO, new Noting("b1"));
        poller.watch(account("a"), "img-2", "i-1", Duration.ZERO, new Noting("a2"));

        time.pass(INTERVAL);

        assertEquals(List.of(Set.of("img-1", "img-2"), Set.of("img-1")), cloud.batches);
    }

    /** Two roles do not share their calls, because one may lack a permission; both count towards the limit of the account. */
    @Test
    void rolesOfOneAccountShareItsRate() {
        for (int i = 0; i < 1000; i++) {
            poller.watch(role("one", "100000000001"), "img-" + i, "i-1", Duration.ZERO, new Noting("one" + i));
            poller.watch(role("two", "100000000001"), "img-" + i, "i-1", Duration.ZERO, new Noting("two" + i));
        }
        poller.watch(role("three", "100000000009"), "img-x", "i-1", Duration.ZERO, new Noting("three"));

        time.pass(ROUND);

        assertEquals(21, cloud.moments.size());
        List<Duration> moments = new ArrayList<>(cloud.moments);
        // The other account is not slowed down.
        assertTrue(moments.remove(INTERVAL), moments.toString());
        for (int i = 0; i < 20; i++) {
            assertEquals(INTERVAL.plusMillis(50L * i), moments.get(i));
        }
    }

    private CloudConnection role(String name, String owner) {
        InstanceRole role = new InstanceRole(InstanceRole.Platform.TENCENT, name, false);
        RoleSession session = new RoleSession(role, 1, name, owner, time.instant(), time.instant());
        return new CloudConnection(
                TencentProvider.ID, server.endpoint(), "ap-x", new AccessKey(name, "secret", "token").of(session));
    }

    @Test
    void twoWaitsForOneImageAskOnce() {
        poller.watch(account("a"), "img-1", "i-1", Duration.ZERO, new Noting("first"));
        ImagePoller.Watch second = poller.watch(account("a"), "img-1", "i-1", Duration.ZERO, new Noting("second"));
        time.pass(INTERVAL);
        second.cancel();
        time.pass(INTERVAL);

        assertEquals(List.of(1, 1), sizes());
        assertEquals(List.of("CREATING", "CREATING"), news.get("first"));
        assertEquals(List.of("CREATING"), news.get("second"));
    }

    @Test
    void aWaitBeginsWithTheNextCall() {
        watch("img-1");
        time.pass(INTERVAL.dividedBy(2));
        watch("img-2");
        time.pass(INTERVAL);

        assertEquals(List.of(INTERVAL), cloud.moments);
        assertEquals(List.of(2), sizes());
    }

    @Test
    void anImageThatIsMissingIsAbsent() {
        cloud.missing.add("img-1");
        watchMany(3);

        time.pass(INTERVAL);

        assertEquals("{img-0=[CREATING], img-1=[absent], img-2=[CREATING]}", news.toString());
    }

    @Test
    void aBatchThatIsRefusedForOneIdIsHalvedUntilTheOthersAreKnown() {
        cloud.refused.add("img-42");
        watchMany(100);

        time.pass(ROUND);

        assertEquals(List.of("absent"), news.remove("img-42"));
        assertEquals(99, news.size());
        assertTrue(news.values().stream().allMatch(List.of("CREATING")::equals), news.toString());
        assertTrue(cloud.batches.size() <= 15, sizes().toString());
    }

    @Test
    void anIdThatWasRefusedIsAskedForAloneUntilItIsKnown() {
        cloud.refused.add("img-1");
        watchMany(3);
        time.pass(ROUND);
        cloud.batches.clear();

        time.pass(INTERVAL);
        assertEquals(Set.of(Set.of("img-1"), Set.of("img-0", "img-2")), Set.copyOf(cloud.batches));
        assertEquals(2, cloud.batches.size());

        cloud.refused.clear();
        time.pass(INTERVAL);
        cloud.batches.clear();
        time.pass(INTERVAL);
        assertEquals(List.of(3), sizes());
        assertEquals("[absent, absent, CREATING, CREATING]", news.get("img-1").toString());
    }

    @Test
    void anIdThatIsInvalidHarmsNoOther() {
        cloud.refused.add("img-1");
        cloud.refusal = "InvalidImageId.Malformed";
        watchMany(3);
        time.pass(ROUND);
        assertEquals("[CREATING]", news.get("img-0").toString());

        cloud.refusal = "InvalidParameterValue";
        time.pass(INTERVAL);
        assertEquals("[CREATING, CREATING]", news.get("img-2").toString());
        assertEquals("INVALID_REQUEST", news.get("img-1").get(1));
    }

    /** A gateway that knows no path says nothing about images. */
    @Test
    void aGatewaysNotFoundIsAFailureAndNoReasonToHalve() {
        FakeServer gateway = new FakeServer(new FakeCloud() {
            @Override
            public String action(Received request) {
                return DESCRIBE;
            }

            @Override
            public Answer answer(Received request) {
                return Answer.json(404, "<html>nothing here</html>");
            }

            @Override
            public Answer throttled() {
                throw new UnsupportedOperationException();
            }
        });
        try (gateway) {
            CloudConnection account = new CloudConnection(
                    TencentProvider.ID, gateway.endpoint(), "ap-x", new AccessKey("a", "secret", null));
            poller.watch(account, "img-1", "i-1", Duration.ZERO, new Noting("img-1"));
            poller.watch(account, "img-2", "i-1", Duration.ZERO, new Noting("img-2"));

            time.pass(INTERVAL);

            assertEquals("{img-1=[UNAVAILABLE], img-2=[UNAVAILABLE]}", news.toString());
            assertEquals(1, gateway.count(DESCRIBE));
        }
    }

    @Test
    void aFailedCallIsToldToAllAndTheNextTickComesAsUsual() {
        watchMany(2);
        server.faults().next(DESCRIBE, Fault.RESET_BEFORE, Fault.BROKEN_JSON);

        time.pass(INTERVAL.multipliedBy(3));

        assertEquals("[UNAVAILABLE, UNAVAILABLE, CREATING]", news.get("img-0").toString());
        assertEquals(news.get("img-0"), news.get("img-1"));
    }

    @Test
    void aThrottledAnswerStopsOnlyThatAccountAndStretchesNoPause() {
        poller.watch(account("a"), "img-1", "i-1", Duration.ZERO, new Noting("a"));
        poller.watch(account("b"), "img-2", "i-1", Duration.ZERO, new Noting("b"));
        server.faults().next(DESCRIBE, Fault.THROTTLED);
        time.pass(INTERVAL);
        assertEquals(List.of("THROTTLED"), news.get("a"));
        assertEquals(List.of("CREATING"), news.get("b"));

        time.pass(INTERVAL);
        assertEquals(List.of("THROTTLED", "CREATING"), news.get("a"));
        assertEquals(List.of("CREATING", "CREATING"), news.get("b"));
    }

    @Test
    void whoWasNotAskedForBecauseOfThrottlingIsTold() {
        watchMany(250);
        server.faults().next(DESCRIBE, Fault.THROTTLED);

        time.pass(INTERVAL);

        assertEquals(1, server.count(DESCRIBE));
        assertEquals(250, news.size());
        assertTrue(news.values().stream().allMatch(List.of("THROTTLED")::equals));
    }

    @Test
    void whoWasNotAskedForBecauseOfThrottlingComesFirstAfterIt() {
        watchMany(250);
        server.faults().next(DESCRIBE, Fault.THROTTLED);

        time.pass(INTERVAL.plusSeconds(2));

        assertEquals(List.of(100, 50), sizes());
        assertTrue(IntStream.range(100, 200).allMatch(i -> cloud.batches.get(0).contains("img-" + i)));
        assertTrue(IntStream.range(200, 250).allMatch(i -> cloud.batches.get(1).contains("img-" + i)));
    }

    /** Each of these calls can take a minute, and everybody has a deadline to judge. */
    @Test
    void aSecondCallWithoutAnAnswerIsToldToAllAndEndsTheRound() {
        watchMany(1000);
        server.faults().next(DESCRIBE, Fault.RESET_BEFORE, Fault.LOSE_ANSWER);

        time.pass(INTERVAL.plusSeconds(9));
        assertEquals(2, server.count(DESCRIBE));
        assertEquals(1000, news.size());
        assertTrue(news.values().stream().allMatch(told -> told.contains("UNAVAILABLE")));

        time.pass(INTERVAL);
        assertTrue(news.values().stream().allMatch(told -> told.contains("CREATING")));
    }

    @Test
    void aSingleCallWithoutAnAnswerHoldsUpNoOtherBatch() {
        watchMany(300);
        server.faults().next(DESCRIBE, Fault.RESET_BEFORE);

        time.pass(ROUND);

        assertEquals(List.of("UNAVAILABLE"), news.get("img-0"));
        assertEquals(List.of("CREATING"), news.get("img-100"));
        assertEquals(List.of("CREATING"), news.get("img-299"));
    }

    @Test
    void thePauseThatTheCloudWantsIsMadeWithinReason() {
        for (int status : List.of(429, 503)) {
            assertEquals(Duration.ofSeconds(90), pauseAfter(status, "90"));
            assertEquals(INTERVAL, pauseAfter(status, "1"));
            assertEquals(Duration.ofMinutes(5), pauseAfter(status, "86400"));
        }
    }

    /** The time between a refused poll and the one after it. */
    private Duration pauseAfter(int status, String retryAfter) {
        List<Instant> polls = new ArrayList<>();
        FakeServer busy = new FakeServer(new FakeCloud() {
            @Override
            public String action(Received request) {
                return DESCRIBE;
            }

            @Override
            public Answer answer(Received request) {
                polls.add(time.instant());
                return Answer.json(status, "{}").header("Retry-After", retryAfter);
            }

            @Override
            public Answer throttled() {
                throw new UnsupportedOperationException();
            }
        });
        try (busy) {
            ImagePoller.Watch watch = poller.watch(
                    new CloudConnection(
                            TencentProvider.ID, busy.endpoint(), "ap-x", new AccessKey("a", "secret", null)),
                    "img-1",
                    "i-1",
                    Duration.ZERO,
                    new Noting("img-1"));
            time.runUntil(() -> polls.size() == 2);
            watch.cancel();
            return Duration.between(polls.get(0), polls.get(1));
        }
    }

    @Test
    void anObserverThatBreaksHarmsNoOther() {
        poller.watch(account("a"), "img-1", "i-1", Duration.ZERO, new Noting("breaks") {
            @Override
            public void seen(CloudImage image) {
                super.seen(image);
                throw new IllegalStateException("on purpose");
            }
        });
        poller.watch(account("a"), "img-1", "i-1", Duration.ZERO, new Noting("same"));
        watchMany(250);

        time.pass(INTERVAL.multipliedBy(2).plusSeconds(2));

        assertEquals(252, news.size());
        assertTrue(news.values().stream().allMatch(List.of("CREATING", "CREATING")::equals), news.toString());
    }

    @Test
    void withoutWaitsNothingIsAsked() {
        time.pass(Duration.ofHours(1));
        watch("img-1").cancel();
        time.pass(Duration.ofHours(1));

        assertEquals(List.of(), cloud.batches);
    }

    @Test
    void aCancelledWaitEndsThePollsAndANewOneBeginsThemAgain() {
        ImagePoller.Watch watch = watch("img-1");
        time.pass(INTERVAL);
        watch.cancel();
        watch.cancel();
        time.pass(Duration.ofHours(1));
        assertEquals(1, cloud.batches.size());

        watch("img-2");
        time.pass(INTERVAL);

        assertEquals(List.of(Set.of("img-1"), Set.of("img-2")), cloud.batches);
    }

    @Test
    void aWaitThatBeginsBeforeTheLastTickIsKept() {
        watch("img-1").cancel();
        watch("img-2");
        time.pass(INTERVAL.multipliedBy(3));

        assertEquals(List.of(1, 1, 1), sizes());
    }
}

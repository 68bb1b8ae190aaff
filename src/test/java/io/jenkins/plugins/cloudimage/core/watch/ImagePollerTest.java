package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a cloud in the shape of Tencent's that knows every image but the missing, and counts. */
class ImagePollerTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final String DESCRIBE = "DescribeImages";

    private final VirtualTime time = new VirtualTime();
    private final Describing cloud = new Describing();
    private final FakeServer server = new FakeServer(cloud);
    private final ImagePoller poller = new ImagePoller(new Clouds(TestTransport.direct(), time), time, () -> INTERVAL);
    private final TreeMap<String, List<String>> news = new TreeMap<>();

    /** What was asked and when; ids that are missing, and ids for which a whole call is refused. */
    private final class Describing implements FakeCloud {
        private final List<Set<String>> batches = new ArrayList<>();
        private final List<Instant> moments = new ArrayList<>();
        private final Set<String> missing = new HashSet<>();
        private final Set<String> refused = new HashSet<>();
        private String refusal = "InvalidImageId.NotFound";

        @Override
        public String action(Received request) {
            return request.header("X-TC-Action");
        }

        @Override
        public Answer throttled() {
            return error("RequestLimitExceeded");
        }

        @Override
        public Answer answer(Received request) {
            Set<String> ids = new HashSet<>();
            try {
                JsonNode body = new ObjectMapper().readTree(request.body());
                body.path("ImageIds").forEach(id -> ids.add(id.asText()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            batches.add(ids);
            moments.add(time.instant());
            if (ids.stream().anyMatch(refused::contains)) {
                return error(refusal);
            }
            ObjectNode response = JsonNodeFactory.instance.objectNode();
            ids.stream()
                    .filter(id -> !missing.contains(id))
                    .forEach(id -> response.withArray("ImageSet")
                            .addObject()
                            .put("ImageId", id)
                            .put("ImageState", "CREATING"));
            return answer(response);
        }

        private Answer error(String code) {
            ObjectNode response = JsonNodeFactory.instance.objectNode();
            response.putObject("Error").put("Code", code).put("Message", "no");
            return answer(response);
        }

        private Answer answer(ObjectNode response) {
            ObjectNode envelope = JsonNodeFactory.instance.objectNode();
            envelope.set("Response", response);
            return Answer.json(200, envelope);
        }
    }

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
        return poller.watch(account("a"), id, new Noting(id));
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

        time.pass(INTERVAL);

        assertEquals(List.of(100, 1), sizes());
        assertTrue(news.values().stream().allMatch(List.of("CREATING")::equals));
    }

    @Test
    void accountsArePolledApart() {
        poller.watch(account("a"), "img-1", new Noting("a1"));
        poller.watch(account("b"), "img-1", new Noting("b1"));
        poller.watch(account("a"), "img-2", new Noting("a2"));

        time.pass(INTERVAL);

        assertEquals(List.of(Set.of("img-1", "img-2"), Set.of("img-1")), cloud.batches);
    }

    @Test
    void twoWaitsForOneImageAskOnce() {
        poller.watch(account("a"), "img-1", new Noting("first"));
        ImagePoller.Watch second = poller.watch(account("a"), "img-1", new Noting("second"));
        time.pass(INTERVAL);
        second.cancel();
        time.pass(INTERVAL);

        assertEquals(List.of(1, 1), sizes());
        assertEquals(List.of("CREATING", "CREATING"), news.get("first"));
        assertEquals(List.of("CREATING"), news.get("second"));
    }

    @Test
    void aWaitBeginsWithTheNextTick() {
        Instant start = time.instant();
        watch("img-1");
        time.pass(INTERVAL.dividedBy(2));
        watch("img-2");
        time.pass(INTERVAL);

        assertEquals(List.of(start.plus(INTERVAL)), cloud.moments);
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

        time.pass(INTERVAL);

        assertEquals(List.of("absent"), news.remove("img-42"));
        assertEquals(99, news.size());
        assertTrue(news.values().stream().allMatch(List.of("CREATING")::equals), news.toString());
        assertTrue(cloud.batches.size() <= 15, sizes().toString());
    }

    @Test
    void anIdThatIsInvalidHarmsNoOther() {
        cloud.refused.add("img-1");
        cloud.refusal = "InvalidImageId.Malformed";
        watchMany(3);
        time.pass(INTERVAL);
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
            poller.watch(account, "img-1", new Noting("img-1"));
            poller.watch(account, "img-2", new Noting("img-2"));

            time.pass(INTERVAL);

            assertEquals("{img-1=[NOT_FOUND], img-2=[NOT_FOUND]}", news.toString());
            assertEquals(1, gateway.count(DESCRIBE));
        }
    }

    @Test
    void aFailedCallIsToldToAllAndTheNextTickComesAsUsual() {
        watchMany(2);
        server.faults().next(DESCRIBE, Fault.RESET_BEFORE, Fault.BROKEN_JSON);

        time.pass(INTERVAL.multipliedBy(3));

        assertEquals(
                "[UNAVAILABLE, UNKNOWN_ANSWER, CREATING]", news.get("img-0").toString());
        assertEquals(news.get("img-0"), news.get("img-1"));
    }

    @Test
    void throttledTicksComeMoreSlowlyAndOnlyForThatAccount() {
        poller.watch(account("a"), "img-1", new Noting("a"));
        server.faults().next(DESCRIBE, Fault.THROTTLED);
        time.pass(INTERVAL);
        poller.watch(account("b"), "img-2", new Noting("b"));

        time.pass(INTERVAL);
        assertEquals(List.of("THROTTLED"), news.get("a"));
        assertEquals(List.of("CREATING"), news.get("b"));
        time.pass(INTERVAL);
        assertEquals(List.of("THROTTLED", "CREATING"), news.get("a"));
        time.pass(INTERVAL);
        assertEquals(List.of("THROTTLED", "CREATING", "CREATING"), news.get("a"));
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
    void thePauseThatTheCloudWantsIsMadeWithinReason() {
        assertEquals(Duration.ofSeconds(90), pauseAfter("90"));
        assertEquals(INTERVAL.multipliedBy(2), pauseAfter("1"));
        assertEquals(Duration.ofMinutes(5), pauseAfter("86400"));
    }

    /** The time between a throttled poll and the one after it. */
    private Duration pauseAfter(String retryAfter) {
        List<Instant> polls = new ArrayList<>();
        FakeServer busy = new FakeServer(new FakeCloud() {
            @Override
            public String action(Received request) {
                return DESCRIBE;
            }

            @Override
            public Answer answer(Received request) {
                polls.add(time.instant());
                return Answer.json(429, "{}").header("Retry-After", retryAfter);
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
                    new Noting("img-1"));
            time.runUntil(() -> polls.size() == 2);
            watch.cancel();
            return Duration.between(polls.get(0), polls.get(1));
        }
    }

    @Test
    void anObserverThatBreaksHarmsNoOther() {
        poller.watch(account("a"), "img-1", new Noting("breaks") {
            @Override
            public void seen(CloudImage image) {
                super.seen(image);
                throw new IllegalStateException("on purpose");
            }
        });
        poller.watch(account("a"), "img-1", new Noting("same"));
        watchMany(250);

        time.pass(INTERVAL.multipliedBy(2));

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

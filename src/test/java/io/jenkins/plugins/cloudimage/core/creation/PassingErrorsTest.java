package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Temporary errors are retried. */
class PassingErrorsTest extends EngineTest {
    @Test
    void throttlingIsWaitedOutWithGrowingPauses() {
        rig.server.faults().next(CREATE, Fault.THROTTLED, Fault.THROTTLED, Fault.THROTTLED, Fault.THROTTLED);
        List<Instant> sent = new ArrayList<>();
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                sent.add(rig.time.instant());
            }
        };

        assertOneImage(rig.finish(rig.start("web-1")));

        List<Long> pauses = IntStream.range(1, sent.size())
                .mapToObj(i -> Duration.between(sent.get(i - 1), sent.get(i)).toMillis())
                .toList();
        assertEquals(4, pauses.size());
        for (int i = 0; i < 4; i++) {
            long middle = 2000L << i;
            assertTrue(pauses.get(i) >= middle * 0.8 && pauses.get(i) <= middle * 1.2, pauses.toString());
        }
    }

    @Test
    void aBusyMachineIsWaitedFor() throws Exception {
        rig.clouds.connect(rig.connection(EngineRig.KEY)).stop(EngineRig.INSTANCE);

        assertOneImage(rig.finish(rig.start("web-1")));
        assertTrue(rig.server.count(CREATE) > 1);
    }

    @Test
    void whatIsWaitedOutIsTold() {
        rig.server.faults().next(CREATE, Fault.THROTTLED);
        rig.finish(rig.start("web-1"));

        assertEquals(
                List.of(ErrorKind.THROTTLED),
                rig.heard.stream()
                        .filter(news -> news.problem() != null)
                        .map(news -> news.problem().kind())
                        .toList());
    }

    /** Nothing was sent, and nobody has given a code. */
    @Test
    void aCreateThatDoesNotReachTheCloudIsTriedUntilTheTimeout() {
        rig.connector = creation -> rig.connection(URI.create("http://127.0.0.1:1"), EngineRig.KEY);
        Creation creation = rig.plan(
                        rig.cloud.request("web-1", EngineRig.INSTANCE), Options.DEFAULTS, EngineRig.TIMEOUT)
                .to(Phase.SUBMITTING);
        rig.run(creation);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertFalse(end.submission().wasInDoubt());
    }

    @Test
    void aCreateThatDoesNotReachTheCloudAtFirstMakesTheImage() {
        CreationEngine.Connector connector = rig.connector;
        Duration up = rig.time.uptime().plusSeconds(20);
        rig.connector = creation -> rig.time.uptime().compareTo(up) < 0
                ? rig.connection(URI.create("http://127.0.0.1:1"), EngineRig.KEY)
                : connector.connect(creation);
        Creation creation = rig.plan(
                        rig.cloud.request("web-1", EngineRig.INSTANCE), Options.DEFAULTS, EngineRig.TIMEOUT)
                .to(Phase.SUBMITTING);
        rig.run(creation);

        assertOneImage(rig.finish(creation));
    }

    @Test
    void manyCreatesStayWithinTheDocumentedRate() {
        List<Instant> sent = new ArrayList<>();
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                sent.add(rig.time.instant());
            }
        };
        List<Creation> creations =
                IntStream.range(0, 30).mapToObj(i -> rig.start("web-" + i)).toList();

        creations.forEach(rig::finish);

        assertEquals(30, sent.size());
        for (int i = 10; i < sent.size(); i++) {
            assertFalse(sent.get(i).isBefore(sent.get(i - 10).plusSeconds(1)));
        }
    }

    @Test
    void looksStayWithinTheHalfOfTheRateThatThePollerLeaves() {
        List<Instant> sent = new ArrayList<>();
        rig.onRequest = action -> {
            if (action.equals(FIND_OR_POLL)) {
                sent.add(rig.time.instant());
            }
        };
        List<Creation> creations =
                IntStream.range(0, 100).mapToObj(i -> rig.start("web-" + i)).toList();

        rig.time.pass(Duration.ofSeconds(20));

        assertEquals(100, sent.size());
        for (int i = 20; i < sent.size(); i++) {
            assertFalse(sent.get(i).isBefore(sent.get(i - 20).plusSeconds(1)), sent.toString());
        }
        creations.forEach(rig::finish);
    }

    @Test
    void whoWaitsForItsTurnAtTheDeadlineTimesOutThen() {
        Duration shortly = Duration.ofSeconds(2);
        List<Creation> creations = IntStream.range(0, 100)
                .mapToObj(i -> rig.plan(EngineRig.request("web-" + i, false), shortly))
                .toList();
        creations.forEach(rig::run);

        rig.time.pass(shortly);

        Creation last = rig.saved(creations.get(99));
        assertEquals(Outcome.TIMED_OUT, last.outcome());
        assertEquals(last.plan().deadline(), last.ending().at());
        assertTrue(rig.server.count(FIND_OR_POLL) <= 41);
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An abort at any moment. */
class AbortTest extends EngineTest {
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PLANNED", "SUBMITTING"})
    void anAbortBeforeTheCreateSendsNothing(Phase phase) {
        Creation creation = rig.start("web-1");
        rig.until(creation, phase);
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(aborted, end.ending().at());
        rig.time.pass(Duration.ofHours(1));
        assertEquals(0, rig.server.count(CREATE));
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void anAbortWhileACreateIsUnderWayKeepsItsId() {
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                rig.engine.abort(creation.key());
            }
        };

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void anAbortWhileACreateIsLostIsInDoubtUntilTheImageIsFound() {
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                rig.engine.abort(creation.key());
            }
        };

        Creation end = rig.finish(creation);

        Creation told = rig.heard.stream().filter(Creation::ended).findFirst().orElseThrow();
        assertEquals(Outcome.ABORTED, told.outcome());
        assertTrue(told.submission().left());
        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
    }

    @Test
    void anAbortWhileTheImageIsLocatedKeepsTheRequest() {
        rig.tencent().nameNoId();
        rig.images().listAfter(Duration.ofMinutes(5));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.LOCATING);
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertFalse(end.submission().requestId().isEmpty());
    }

    @Test
    void anAbortWhileTheImageIsMadeEndsThePolls() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(2));
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);
        long calls = rig.server.calls().size();
        rig.time.pass(Duration.ofHours(1));

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(aborted, end.ending().at());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertEquals(calls, rig.server.calls().size());
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void anAbortDuringAPollLeavesOneEnd() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(10).minusSeconds(1));
        rig.onRequest = action -> rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);
        rig.time.pass(Duration.ofHours(1));

        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
        assertEquals(end, rig.heard.get(rig.heard.size() - 1));
    }

    @Test
    void anAbortDuringABackOffEndsAtOnce() {
        rig.server.faults().next(CREATE, Fault.THROTTLED);
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() -> rig.live(creation).problem() != null);
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());

        assertEquals(aborted, rig.finish(creation).ending().at());
        rig.time.pass(Duration.ofHours(1));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void anAbortOfTheUnknownOrEndedDoesNothing() {
        rig.engine.abort("unknown");
        Creation creation = rig.start("web-1");
        Creation end = rig.finish(creation);
        rig.engine.abort(creation.key());
        rig.time.pass(Duration.ofHours(1));

        assertEquals(end, rig.saved(creation));
    }

    @Test
    void anAbortGivesUpAReadThatIsUnderWay() {
        rig.server.faults().next(FIND_OR_POLL, Fault.STALLED);
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(FIND_OR_POLL), rig.server.calls());
        // That a read failed is not told.
        assertEquals(List.of(Phase.PLANNED, Phase.DONE), rig.phasesHeard());
    }
}

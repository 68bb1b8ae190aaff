package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Creations go on in another process. */
class ResumptionTest extends EngineTest {
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PLANNED", "SUBMITTING", "BUILDING"})
    void aKilledProcessIsSucceededInEachPhase(Phase phase) {
        Creation creation = rig.start("web-1");
        rig.until(creation, phase);
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void aKilledProcessIsSucceededWhileTheImageIsLocated() {
        rig.tencent().nameNoId();
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.LOCATING);
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void anEndIsDeliveredAgain() {
        Creation creation = rig.start("web-1");
        Creation end = rig.finish(creation);
        long calls = rig.server.calls().size();
        rig.heard.clear();
        rig.resumeAll(folder);
        rig.time.pass(Duration.ofHours(1));

        assertEquals(List.of(end), rig.heard);
        assertEquals(calls, rig.server.calls().size());
    }

    @Test
    void whoWakesUpAfterTheDeadlineLooksOnceFirst() {
        Creation ready = rig.start("web-1");
        rig.until(ready, Phase.BUILDING);
        rig.die();
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        assertOneImage(rig.finish(ready));
    }

    @Test
    void whoWakesUpAfterTheDeadlineLooksOnlyOnce() {
        rig.images().take(Duration.ofHours(9));
        Creation late = rig.start("web-1");
        rig.time.runUntil(() -> rig.saved(late).phase() == Phase.BUILDING);
        long calls = rig.server.calls().size();
        rig.die();
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        Creation end = rig.finish(late);

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(calls + 1, rig.server.calls().size());
        assertEquals("CREATING", end.image().cloudState());
    }

    @Test
    void whoWakesUpAfterTheDeadlineBeginsNothing() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        assertEquals(Outcome.TIMED_OUT, rig.finish(creation).outcome());
        assertEquals(List.of(FIND_OR_POLL), rig.server.calls());
    }

    @Test
    void whoWakesUpAfterTheDeadlineStillFindsALostImage() {
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() -> rig.server.count(CREATE) == 1);
        rig.die();
        rig.time.pass(Duration.ofHours(5));
        rig.resumeAll(folder);

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Create calls whose outcome is unknown. */
class DoubtTest extends EngineTest {
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOSE_ANSWER", "GATEWAY_AFTER", "BROKEN_JSON", "BODY_CUT", "ENDLESS"})
    void aLostAnswerLeadsToTheOneImage(Fault fault) {
        rig.server.faults().next(CREATE, fault);

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(1, rig.server.count(CREATE));
        assertTrue(end.submission().wasInDoubt());
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET_BEFORE", "UNAVAILABLE_BEFORE"})
    void aCreateThatNeverArrivedIsSentAgainAfterTheGrace(Fault fault) {
        rig.server.faults().next(CREATE, fault);
        Instant start = rig.time.instant();
        Creation creation = rig.start("web-1");

        rig.until(creation, Phase.BUILDING);

        assertTrue(!rig.time.instant().isBefore(start.plus(Reconciler.GRACE)));
        assertOneImage(rig.finish(creation));
        assertEquals(2, rig.server.count(CREATE));
    }

    @Test
    void anImageThatIsListedLateIsFoundWithinTheGrace() {
        rig.images().listAfter(Duration.ofSeconds(110));
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);

        assertOneImage(rig.finish(rig.start("web-1")));
        assertEquals(1, rig.server.count(CREATE));
    }

    /** The second create fails because our own first one has taken the name. */
    @Test
    void anImageThatIsListedEvenLaterIsFoundByItsName() {
        rig.images().listAfter(Duration.ofMinutes(3));
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);

        assertOneImage(rig.finish(rig.start("web-1")));
        assertEquals(2, rig.server.count(CREATE));
    }

    @Test
    void anImageWithoutIdIsFoundByItsName() {
        rig.tencent().nameNoId();
        rig.images().listAfter(Duration.ofMinutes(1));

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(
                List.of(Phase.PLANNED, Phase.SUBMITTING, Phase.LOCATING, Phase.BUILDING, Phase.DONE),
                rig.phasesHeard());
        assertEquals(1, rig.server.count(CREATE));
    }

    /** Builds resume one at a time; a new build may start before the one whose image is in doubt. */
    @Test
    void aNameInDoubtIsKeptForTheCreationThatHasNotResumedYet() {
        rig.close();
        rig = new EngineRig(folder, 1, TestCloud.ALIBABA_ENS);
        rig.account.instances().add("i-1");
        rig.images().listAfter(Duration.ofSeconds(90));
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        Creation first = rig.plan(rig.cloud.request("web-1", "i-1"), EngineRig.TIMEOUT);
        rig.run(first);
        rig.time.runUntil(() -> rig.server.count(CREATE) == 1);
        rig.restart(folder);
        Creation second = rig.plan(rig.cloud.request("web-1", "i-1"), EngineRig.TIMEOUT);
        rig.run(second);
        rig.time.pass(Duration.ofMinutes(1));
        assertEquals(ErrorKind.BUSY, rig.live(second).problem().kind());

        rig.run(rig.saved(first));

        assertOneImage(rig.finish(first));
        error(rig.finish(second), Outcome.FAILED, ErrorKind.NAME_TAKEN);
        assertEquals(1, rig.server.count(CREATE));
    }
}

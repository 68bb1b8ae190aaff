package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The wait for an image that the cloud makes. */
class WaitTest extends EngineTest {
    @Test
    void aFailedImageEndsTheWaitAtOnce() {
        rig.images().fail(true);
        rig.images().take(Duration.ofMinutes(5));

        Creation end = rig.finish(rig.start("web-1"));

        CloudError error = error(end, Outcome.FAILED, ErrorKind.FAILED_IMAGE);
        assertEquals("The image " + rig.imageIds().get(0) + " has the state CREATEFAILED", error.message());
        assertEquals(rig.imageIds().get(0), end.imageId());
        assertTrue(Duration.between(end.plan().started(), end.ending().at()).compareTo(Duration.ofMinutes(6)) < 0);
    }

    @Test
    void anImageThatVanishesEndsTheWait() {
        Creation creation = rig.start("web-1");
        rig.time.runUntil(() ->
                rig.live(creation).image() != null && rig.live(creation).image().cloudState() != null);
        rig.images().remove(rig.imageIds().get(0));
        Instant vanished = rig.time.instant();

        Creation end = rig.finish(creation);

        assertTrue(error(end, Outcome.FAILED, ErrorKind.FAILED_IMAGE)
                .message()
                .endsWith("no longer exists; its last state was CREATING"));
        assertFalse(end.ending().at().isBefore(vanished.plus(Building.GONE_AFTER)));
    }

    @Test
    void anImageThatIsNotListedYetIsNotGone() {
        rig.images().listAfter(Duration.ofMinutes(5));

        assertOneImage(rig.finish(rig.start("web-1")));
    }

    @Test
    void failedPollsEndNoWait() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        for (Fault fault : Fault.values()) {
            if (fault.cheap()) {
                rig.server.faults().next(FIND_OR_POLL, fault, fault);
            }
        }

        assertOneImage(rig.finish(creation));
    }

    @Test
    void anImageThatTakesTooLongTimesOut() {
        rig.images().take(Duration.ofHours(3));

        Creation end = rig.finish(rig.start("web-1"));

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(rig.imageIds().get(0), end.imageId());
        Duration late = Duration.between(end.plan().deadline(), end.ending().at());
        assertTrue(!late.isNegative() && late.compareTo(EngineRig.POLL) <= 0, late.toString());
    }

    @Test
    void aCloudThatIsGoneTimesOutWithTheReason() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.server.close();

        Creation end = rig.finish(creation);

        error(end, Outcome.TIMED_OUT, ErrorKind.UNAVAILABLE);
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import org.junit.jupiter.api.Test;

/** Two creations with one name, and names that are taken. */
class NamesTest extends EngineTest {
    @Test
    void aNameThatIsTakenIsToldAndNothingIsSent() {
        rig.finish(rig.start("web-1"));

        Creation second = rig.finish(rig.start("web-1"));

        assertTrue(error(second, Outcome.FAILED, ErrorKind.NAME_TAKEN)
                .message()
                .endsWith(rig.imageIds().get(0)));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void ofTwoCreationsOfOneNameTheSecondEndsAtOnce() {
        Creation first = rig.start("web-1");
        Creation second = rig.start("web-1");

        error(rig.finish(second), Outcome.FAILED, ErrorKind.NAME_TAKEN);
        assertOneImage(rig.finish(first));
        assertEquals(1, rig.server.count(CREATE));
    }

    @Test
    void aNameIsFreeAgainOnceItsCreationHasEnded() {
        Creation first = rig.start("web-1");
        rig.until(first, Phase.SUBMITTING);
        rig.engine.abort(first.key());
        assertEquals(Outcome.ABORTED, rig.finish(first).outcome());

        assertOneImage(rig.finish(rig.start("web-1")));
    }

    @Test
    void aNameThatAnotherTookInTheMeantimeIsNotOurs() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.SUBMITTING);
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                // Somebody else made it between our search and our create call.
                rig.onRequest = none -> {};
                createBehindOurBack(rig, "web-1");
            }
        };

        Creation end = rig.finish(creation);

        error(end, Outcome.FAILED, ErrorKind.NAME_TAKEN);
        assertNull(end.imageId());
    }

    private static void createBehindOurBack(EngineRig rig, String name) {
        try {
            rig.clouds.connect(rig.connection(EngineRig.KEY)).create(EngineRig.request(name, false), "t");
        } catch (CloudException e) {
            throw new AssertionError(e);
        }
    }
}

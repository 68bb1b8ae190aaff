package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keys that cannot be looked up, change or are wrong. */
class KeysInUseTest extends EngineTest {
    @Test
    void aWrongKeyIsToldAtOnce() {
        rig.connector = creation -> rig.connection(new AccessKey(EngineRig.KEY.id(), "wrong", null));

        Creation end = rig.finish(rig.start("web-1"));

        assertEquals(
                "AuthFailure.SignatureFailure",
                error(end, Outcome.FAILED, ErrorKind.AUTHENTICATION).code());
        assertEquals(List.of(FIND_OR_POLL), rig.server.calls());
    }

    @Test
    void aKeyThatIsNotThereIsTold() {
        rig.connector = creation -> {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message("There is no credential")
                    .exception();
        };

        assertEquals(
                "There is no credential",
                error(rig.finish(rig.start("web-1")), Outcome.FAILED, ErrorKind.AUTHENTICATION)
                        .message());
    }

    @Test
    void aConnectorThatBreaksIsAskedUntilTheDeadline() {
        rig.connector = creation -> {
            throw new NoClassDefFoundError("on purpose");
        };

        CloudError error = error(rig.finish(rig.start("web-1")), Outcome.TIMED_OUT, ErrorKind.UNAVAILABLE);

        assertTrue(error.message().contains("on purpose"), error.message());
    }

    /** Keeps the moments at which the key is looked up once the wait has begun. */
    private List<Instant> lookUps(Creation creation, AccessKey key) {
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofSeconds(1));
        List<Instant> lookUps = new ArrayList<>();
        rig.connector = ignored -> {
            lookUps.add(rig.time.instant());
            return rig.connection(key);
        };
        return lookUps;
    }

    @Test
    void theKeyIsLookedUpAgainAtOnceWhenTheCloudRefusesIt() {
        Creation creation = rig.start("web-1");
        Instant begun = rig.time.instant();
        List<Instant> lookUps =
                lookUps(creation, new AccessKey(EngineRig.KEY.id(), EngineRig.KEY.secret(), "new-token"));
        rig.tencent().requireToken("new-token");

        assertOneImage(rig.finish(creation));
        assertEquals(begun.plus(EngineRig.POLL), lookUps.get(0));
    }

    @Test
    void theKeyIsLookedUpEveryFiveMinutesAndNoOftener() {
        rig.images().take(Duration.ofMinutes(30));
        Creation creation = rig.start("web-1");
        Instant begun = rig.time.instant();
        List<Instant> lookUps = lookUps(creation, EngineRig.KEY);

        rig.finish(creation);

        assertEquals(5, lookUps.size());
        Instant last = begun;
        for (Instant lookUp : lookUps) {
            Duration pause = Duration.between(last, lookUp);
            assertTrue(pause.compareTo(Duration.ofMinutes(5)) >= 0, pause.toString());
            assertTrue(pause.compareTo(Duration.ofMinutes(6)) <= 0, pause.toString());
            last = lookUp;
        }
    }

    @Test
    void theKeyIsLookedUpWhileTheImageIsNotListed() {
        rig.images().listAfter(Duration.ofMinutes(20));
        Creation creation = rig.start("web-1");
        List<Instant> lookUps = lookUps(creation, EngineRig.KEY);

        rig.finish(creation);

        assertTrue(lookUps.size() >= 3, lookUps.toString());
    }

    @Test
    void aKeyThatCannotBeLookedUpForAWhileEndsNoWait() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(1));
        rig.connector = ignored -> {
            throw new IllegalStateException("on purpose");
        };

        assertOneImage(rig.finish(creation));
    }

    @Test
    void aReplacedKeyEndsThePollsOfTheOldOne() {
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(1));
        rig.connector = ignored -> rig.connection(new AccessKey(EngineRig.KEY.id(), EngineRig.KEY.secret(), "more"));
        rig.tencent().requireToken("more");
        rig.time.pass(Duration.ofMinutes(2));
        int before = rig.server.calls().size();

        rig.time.pass(EngineRig.POLL.multipliedBy(4));

        // After its first minute, an image is looked at every two fifths of the interval.
        assertEquals(before + 10, rig.server.calls().size());
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
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

    /** Records when the key is looked up after the wait has begun. */
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

    private void takeTheKeyAway() {
        rig.connector = ignored -> {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message("There is no credential")
                    .exception();
        };
    }

    private void putTheKeyBack() {
        rig.connector = ignored -> rig.connection(EngineRig.KEY);
    }

    private Creation building() {
        rig.images().take(Duration.ofMinutes(30));
        Creation creation = rig.start("web-1");
        rig.until(creation, Phase.BUILDING);
        rig.time.pass(Duration.ofMinutes(1));
        return creation;
    }

    @Test
    void aKeyThatIsTakenAwayIsUsedNoMoreAndTheWaitGoesOnWhenItIsBack() {
        Creation creation = building();
        takeTheKeyAway();
        rig.time.pass(Duration.ofMinutes(6));
        int before = rig.server.calls().size();
        rig.time.pass(Duration.ofMinutes(20));

        assertEquals(before, rig.server.calls().size());
        assertEquals("There is no credential", rig.live(creation).problem().message());

        putTheKeyBack();
        assertOneImage(rig.finish(creation));
    }

    @Test
    void aWaitWithoutKeyEndsAtTheDeadlineAndSaysWhy() {
        Creation creation = building();
        takeTheKeyAway();

        assertEquals(
                "There is no credential",
                error(rig.finish(creation), Outcome.TIMED_OUT, ErrorKind.AUTHENTICATION)
                        .message());
    }

    @Test
    void aCleanupWithoutKeyIsToldAtOnceAndNeverGivenUp() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), OptionsRig.DELETE, EngineRig.TIMEOUT);
        rig.run(creation);
        rig.until(creation, Phase.BUILDING);
        rig.restart(folder);
        takeTheKeyAway();
        rig.run(rig.saved(creation));
        rig.engine.abort(creation.key());
        rig.time.pass(Duration.ofMinutes(1));
        assertTrue(needsDecision());

        rig.time.pass(Duration.ofDays(3));

        assertTrue(needsDecision());
        assertEquals(1, rig.imageIds().size());
        assertTrue(rig.live(creation).tasks().get(0).isOpen());

        putTheKeyBack();
        rig.finish(creation);

        assertEquals(List.of(), rig.imageIds());
    }

    private boolean needsDecision() {
        return rig.engine.administration().overview().creations().get(0).needsDecision();
    }

    private static final AccessKey OTHER = new AccessKey("AKIDother", "of-another-account", null);

    /** The credential gets the key of another account, at the same cloud. */
    private FakeServer changeTheAccount() {
        FakeServer other = new FakeServer(new FakeTencentCloud(rig.time, OTHER.id(), OTHER.secret()));
        rig.connector = ignored -> rig.connection(other.endpoint(), OTHER);
        return other;
    }

    @Test
    void theKeyOfAnotherAccountEndsNoWait() {
        Creation creation = building();
        try (FakeServer other = changeTheAccount()) {
            rig.time.pass(Duration.ofMinutes(8));

            String problem = rig.live(creation).problem().message();
            assertTrue(problem.contains("contains a different access key"), problem);
            assertEquals(
                    List.of("DescribeImages"), other.calls().stream().distinct().toList());

            putTheKeyBack();
            assertOneImage(rig.finish(creation));
        }
    }

    @Test
    void theKeyOfAnotherAccountMakesNoSecondImageAndTicksNothingOff() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), OptionsRig.DELETE, EngineRig.TIMEOUT);
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        rig.run(creation);
        rig.time.runUntil(() -> rig.count(CREATE) == 1);
        rig.restart(folder);
        try (FakeServer other = changeTheAccount()) {
            rig.run(rig.saved(creation));
            rig.finishLive(creation);
            assertEquals(Outcome.TIMED_OUT, rig.live(creation).outcome());

            rig.time.pass(Duration.ofDays(2));

            assertEquals(
                    List.of("DescribeImages"), other.calls().stream().distinct().toList());
            assertTrue(needsDecision());
            assertEquals(1, rig.imageIds().size());

            putTheKeyBack();
            rig.finish(creation);
            assertEquals(List.of(), rig.imageIds());
        }
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A clock that jumps or is wrong neither ends nor starts anything. */
class TimeTest {
    private static final Options DELETE = new Options(false, false, OnIncomplete.DELETE, IfNameExists.FAIL);

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private static Creation start(EngineRig rig) {
        rig.account.instances().addStopped("i-1");
        Creation creation = rig.plan(rig.cloud.request("web-1", "i-1"), DELETE, EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aClockThatJumpsThreeHoursForThreeMinutesEndsNothing(TestCloud cloud) {
        for (int hours : List.of(3, -3)) {
            try (EngineRig rig = new EngineRig(folder.resolve("jump" + hours), 1, cloud)) {
                Creation creation = start(rig);
                rig.time.runUntil(() -> rig.cloudState(creation) != null);
                rig.skew = Duration.ofHours(hours);
                rig.time.pass(Duration.ofMinutes(3));
                rig.skew = Duration.ZERO;

                Creation end = rig.finish(creation);

                assertEquals(Outcome.READY, end.outcome(), end.toString());
                assertEquals(List.of(String.valueOf(end.imageId())), rig.imageIds());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aClockThatWasSetBackDoesNotProlongTheTimeOut(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            rig.images().take(Duration.ofHours(9));
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.skew = Duration.ofHours(-3);
            Duration begun = rig.time.uptime();
            rig.time.runUntil(() -> rig.heard.stream().anyMatch(Creation::ended));

            assertEquals(Outcome.TIMED_OUT, rig.toldEnd().outcome());
            Duration took = rig.time.uptime().minus(begun);
            assertTrue(took.compareTo(EngineRig.TIMEOUT.plusMinutes(1)) < 0, took.toString());
        }
    }

    /** After a restart the first response of the cloud tells the time; nothing is judged before. */
    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aRestartWithAWrongClockJudgesNoDeadline(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.skew = Duration.ofHours(3);
            rig.resumeAll(folder);

            Creation end = rig.finish(creation);

            assertEquals(Outcome.READY, end.outcome(), end.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aClockThatIsAnHourOffLosesNoImage(TestCloud cloud) {
        for (int minutes : List.of(60, -60)) {
            try (EngineRig rig = new EngineRig(folder.resolve("off" + minutes), 1, cloud)) {
                rig.skew = Duration.ofMinutes(minutes);
                rig.failNext("CreateImage", Fault.LOSE_ANSWER);
                Creation creation = start(rig);

                Creation end = rig.finish(creation);

                assertEquals(Outcome.READY, end.outcome(), end.toString());
                assertEquals(List.of(String.valueOf(end.imageId())), rig.imageIds());
            }
        }
    }

    @Test
    void whoWakesUpAfterTheDeadlineLooksOnceFirst() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.die();
            rig.time.pass(Duration.ofHours(5));
            rig.resumeAll(folder);

            assertEquals(Outcome.READY, rig.finish(creation).outcome());
        }
    }
}

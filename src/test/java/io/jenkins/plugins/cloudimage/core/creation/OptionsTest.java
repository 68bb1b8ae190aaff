package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user may want beside the image: power, clean-up and names, on JD Cloud and Tencent Cloud. */
class OptionsTest {
    private static final Options STOP = new Options(true, true, OnIncomplete.KEEP, IfNameExists.FAIL);
    private static final Options DELETE = new Options(false, false, OnIncomplete.DELETE, IfNameExists.FAIL);
    private static final Options REUSE = new Options(true, true, OnIncomplete.DELETE, IfNameExists.REUSE);
    private static final Options SUFFIX = new Options(false, false, OnIncomplete.KEEP, IfNameExists.SUFFIX);
    private static final String MACHINE = "i-1";

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private EngineRig rig;
    private int mistakes;

    private void use(TestCloud cloud) {
        rig = new EngineRig(folder, 1, cloud);
        rig.account.instances().add(MACHINE);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Creation start(String name, Options options) {
        Creation creation = rig.plan(rig.cloud.request(name, MACHINE), options, EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    private Creation finish(String name, Options options) {
        return rig.finish(start(name, options));
    }

    private Optional<Power> power() {
        return rig.account.instances().power(MACHINE);
    }

    private Creation toldEnd() {
        return rig.heard.stream().filter(Creation::ended).findFirst().orElseThrow();
    }

    private static CleanupTask chore(Creation creation, CleanupTask.Kind task) {
        return creation.tasks().stream()
                .filter(chore -> chore.kind() == task)
                .findFirst()
                .orElseThrow();
    }

    // Power

    @Test
    void aMachineIsShutDownAndStartedAgain() {
        use(TestCloud.JD_CLOUD);

        Creation end = finish("web-1", STOP);

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(
                Arrays.asList(
                        Phase.PLANNED,
                        Phase.PREPARING,
                        Phase.SUBMITTING,
                        Phase.BUILDING,
                        Phase.CLEANING_UP,
                        Phase.DONE),
                rig.phasesHeard());
        assertEquals(Phase.CLEANING_UP, toldEnd().phase());
        assertEquals(Optional.of(Power.RUNNING), power());
        assertEquals(
                CleanupTask.State.DONE,
                chore(end, CleanupTask.Kind.START_INSTANCE).state());
    }

    @Test
    void aMachineThatWasShutDownBeforeStaysSo() {
        use(TestCloud.JD_CLOUD);
        rig.account.instances().addStopped(MACHINE);

        Creation end = finish("web-1", STOP);

        assertEquals(Outcome.READY, end.outcome());
        assertFalse(end.instance().stopping());
        assertEquals(Optional.of(Power.STOPPED), power());
        assertEquals(0, rig.server.count("stopInstance") + rig.server.count("startInstance"));
    }

    @Test
    void aMachineThatRunsIsRefusedWhereTheCloudNeedsItShutDown() {
        use(TestCloud.QCLOUD);

        Creation end = finish("web-1", Options.DEFAULTS);

        assertEquals(ErrorKind.INVALID_REQUEST, end.problem().kind());
        assertTrue(end.problem().message().startsWith("The instance i-1 is running"), end.toString());
        assertEquals(0, rig.server.count("CreateImage") + rig.server.count("StopInstances"));
    }

    @Test
    void aMachineThatRunsIsLeftAloneElsewhere() {
        use(TestCloud.TENCENT);

        assertEquals(Outcome.READY, finish("web-1", Options.DEFAULTS).outcome());
        assertEquals(0, rig.server.count("DescribeInstances"));
    }

    @Test
    void withoutStartAfterwardsTheMachineStaysShutDown() {
        use(TestCloud.JD_CLOUD);

        Creation end = finish("web-1", new Options(true, false, OnIncomplete.KEEP, IfNameExists.FAIL));

        assertEquals(Optional.of(Power.STOPPED), power());
        assertEquals(List.of(), end.tasks());
    }

    @Test
    void aCreationThatFailsStartsTheMachineAfterItWasTold() {
        use(TestCloud.JD_CLOUD);
        rig.images().fail(true);

        Creation end = finish("web-1", STOP);

        assertEquals(Outcome.FAILED, toldEnd().outcome());
        assertEquals(Phase.CLEANING_UP, toldEnd().phase());
        assertEquals(toldEnd().problem(), end.problem());
        assertEquals(Optional.of(Power.RUNNING), power());
    }

    @Test
    void aReadyImageDoesNotWaitForTheStartWhichNeedsAPersonAfterADay() {
        use(TestCloud.JD_CLOUD);
        Creation creation = start("web-1", STOP);
        rig.until(creation, Phase.BUILDING);
        rig.onRequest = action -> {
            if (action.equals("startInstance")) {
                rig.server.faults().next(action, Fault.UNAVAILABLE_BEFORE);
            }
        };

        Creation end = rig.finish(creation);

        assertEquals(Outcome.READY, toldEnd().outcome());
        assertTrue(toldEnd().ending().at().isBefore(creation.plan().deadline()));
        CleanupTask start = chore(end, CleanupTask.Kind.START_INSTANCE);
        assertEquals(CleanupTask.State.NEEDS_PERSON, start.state());
        assertTrue(start.error().message().startsWith("This was tried for a day without success: "), start.toString());
        assertFalse(rig.time.instant().isBefore(end.ending().at().plus(CleaningUp.PATIENCE)));
    }

    @Test
    void anAbortRightAfterTheShutdownStartsTheMachineAgain() {
        use(TestCloud.JD_CLOUD);
        Creation creation = start("web-1", STOP);
        rig.time.runUntil(() -> rig.server.count("stopInstance") == 1);
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);
        rig.time.pass(Duration.ofMinutes(1));

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(Optional.of(Power.RUNNING), power());
        assertEquals(0, rig.server.count("createImage"));
    }

    /** Fails when a machine is started, or shut down, under an image that is being made of it. */
    private void watchTheMachine() {
        rig.onRequest = action -> {
            if (action.equals("startInstance") || action.equals("stopInstance")) {
                boolean imaged = rig.images().all().stream()
                        .anyMatch(image -> rig.time.instant().isBefore(image.finished()));
                mistakes += imaged ? 1 : 0;
            }
        };
    }

    private void assertBothAreMade(Creation first, Creation second) {
        assertEquals(Outcome.READY, rig.finish(first).outcome());
        assertEquals(Outcome.READY, rig.finish(second).outcome());
        rig.time.pass(Duration.ofMinutes(1));
        assertEquals(Optional.of(Power.RUNNING), power());
        assertEquals(2, rig.server.count("stopInstance"));
        assertEquals(2, rig.server.count("startInstance"));
        assertEquals(0, mistakes);
    }

    @Test
    void twoCreationsAtOneMachineTakeTurns() {
        use(TestCloud.JD_CLOUD);
        watchTheMachine();
        Creation first = start("web-1", STOP);
        Creation second = start("web-2", STOP);
        rig.until(first, Phase.BUILDING);

        CloudError waits = rig.live(second).problem();

        assertEquals(ErrorKind.BUSY, waits.kind());
        assertEquals("Another build uses the instance i-1: job#1", waits.message());
        assertBothAreMade(first, second);
    }

    @Test
    void aMachineIsKeptForTheCreationThatHasNotResumedYet() {
        use(TestCloud.JD_CLOUD);
        watchTheMachine();
        Creation first = start("web-1", STOP);
        Creation second = start("web-2", STOP);
        rig.until(first, Phase.BUILDING);
        rig.restart(folder);
        rig.run(rig.saved(second));
        rig.time.pass(Duration.ofMinutes(3));
        assertEquals(Phase.PLANNED, rig.live(second).phase());

        rig.run(rig.saved(first));

        assertBothAreMade(first, second);
    }

    @Test
    void whoWaitsForAMachineEndsWithTheDeadlineAndLeavesItAlone() {
        use(TestCloud.JD_CLOUD);
        rig.images().take(Duration.ofHours(3));
        Creation first = rig.plan(rig.cloud.request("web-1", MACHINE), STOP, Duration.ofHours(4));
        rig.run(first);
        rig.until(first, Phase.BUILDING);

        Creation second = finish("web-2", STOP);

        assertEquals(Outcome.TIMED_OUT, second.outcome());
        assertEquals(ErrorKind.BUSY, second.problem().kind());
        assertEquals(Optional.of(Power.STOPPED), power());
        assertEquals(1, rig.server.count("stopInstance"));
    }

    // Quota

    @Test
    void aQuotaThatIsUsedUpIsToldBeforeTheMachineIsShutDown() {
        use(TestCloud.TENCENT);
        rig.tencent().allowImages(1);
        finish("web-1", Options.DEFAULTS);

        Creation end = finish("web-2", STOP);

        assertEquals(ErrorKind.QUOTA, end.problem().kind());
        assertTrue(end.problem().message().startsWith("The account has 1 images in"), end.toString());
        assertEquals(0, rig.server.count("StopInstances"));
        assertEquals(1, rig.server.count("CreateImage"));
    }

    @Test
    void aQuotaThatCannotBeReadHoldsUpNobody() {
        use(TestCloud.TENCENT);
        rig.server.faults().next("DescribeImageQuota", Fault.UNAVAILABLE_BEFORE);

        assertEquals(Outcome.READY, finish("web-1", STOP).outcome());
        assertEquals(1, rig.server.count("DescribeImageQuota"));
    }

    @Test
    void aLimitOfNoneIsNoAnswer() {
        use(TestCloud.TENCENT);
        rig.tencent().allowImages(0);

        Creation end = finish("web-1", STOP);

        // The cloud itself has the last word.
        assertEquals("ImageQuotaLimitExceeded", end.problem().code());
        rig.time.pass(Duration.ofMinutes(1));
        assertEquals(Optional.of(Power.RUNNING), power());
    }

    @Test
    void withoutAShutdownTheQuotaIsNotAskedFor() {
        use(TestCloud.TENCENT);

        finish("web-1", Options.DEFAULTS);

        assertEquals(0, rig.server.count("DescribeImageQuota"));
    }

    // What is incomplete

    @Test
    void anAbortedImageIsDeletedInTheBackground() {
        use(TestCloud.TENCENT);
        Creation creation = start("web-1", DELETE);
        rig.until(creation, Phase.BUILDING);
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(aborted, toldEnd().ending().at());
        assertEquals(Phase.CLEANING_UP, toldEnd().phase());
        assertEquals(List.of(), rig.imageIds());
        assertEquals(
                CleanupTask.State.DONE,
                chore(end, CleanupTask.Kind.DELETE_IMAGE).state());
        assertNotNull(end.imageId());
    }

    @Test
    void aCleanUpGoesOnInAnotherProcess() {
        use(TestCloud.TENCENT);
        Creation creation = start("web-1", DELETE);
        rig.until(creation, Phase.BUILDING);
        rig.engine.abort(creation.key());
        rig.time.runUntil(() -> rig.saved(creation).ended());
        Creation told = toldEnd();
        rig.heard.clear();
        rig.resumeAll(folder);

        rig.finish(creation);

        assertEquals(told.ending(), rig.heard.get(0).ending());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void anImageWithoutBuildIsDeletedIfItFails() {
        use(TestCloud.TENCENT);
        rig.images().fail(true);
        Creation creation = abandoned();

        assertEquals(Outcome.ABANDONED, rig.finish(creation).outcome());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void anImageWithoutBuildIsKeptIfItBecomesReady() {
        use(TestCloud.TENCENT);
        Creation creation = abandoned();

        assertEquals(Outcome.ABANDONED, rig.finish(creation).outcome());
        assertEquals(1, rig.imageIds().size());
    }

    private Creation abandoned() {
        Creation creation = start("web-1", DELETE);
        rig.time.runUntil(() -> rig.saved(creation).imageId() != null);
        rig.restart(folder);
        rig.engine.cleanUp(creation.key(), rig.heard::add);
        return creation;
    }

    @Test
    void aCreationThatIsDoneIsNotClearedUpOnceMore() {
        use(TestCloud.TENCENT);
        Creation end = finish("web-1", DELETE);
        rig.heard.clear();
        rig.engine.cleanUp(end.key(), rig.heard::add);
        rig.engine.cleanUp(UUID.randomUUID().toString(), rig.heard::add);
        rig.time.pass(Duration.ofHours(1));

        assertEquals(List.of(), rig.heard);
        assertEquals(1, rig.imageIds().size());
    }

    /** The first create was carried out, its answer lost, and the second is about to leave. */
    @Test
    void anImageOfALostCreateIsDeletedThoughTheCreateIsSentAgain() {
        use(TestCloud.ALIBABA_ECS);
        rig.server.faults().next("CreateImage", Fault.LOSE_ANSWER);
        Creation creation = start("web-1", DELETE);
        rig.time.runUntil(() -> rig.live(creation).submission().inDoubt());
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void aLateImageIsDeletedThoughTheOutcomeWasUnknown() {
        use(TestCloud.JD_CLOUD);
        rig.account.instances().addStopped(MACHINE);
        rig.images().listAfter(Duration.ofHours(3));
        rig.server.faults().next("createImage", Fault.LOSE_ANSWER);

        Creation end = finish("web-1", DELETE);

        assertEquals(ErrorKind.UNKNOWN_ANSWER, toldEnd().problem().kind());
        assertEquals(
                CleanupTask.State.DONE, chore(end, CleanupTask.Kind.FIND_IMAGE).state());
        assertEquals(List.of(), rig.imageIds());
    }

    /** Somebody made an image of the same name by hand, hours after ours was asked for in vain. */
    @Test
    void anImageThatWasMadeLongAfterTheCreateIsNeverDeleted() throws CloudException {
        for (TestCloud cloud : List.of(TestCloud.ALIBABA_ENS, TestCloud.JD_CLOUD)) {
            use(cloud);
            rig.account.instances().addStopped(MACHINE);
            String create = cloud == TestCloud.JD_CLOUD ? "createImage" : "CreateImage";
            rig.server.faults().next(create, Fault.RESET_BEFORE);
            Creation creation = start("web-1", DELETE);
            rig.until(creation, Phase.CLEANING_UP);
            rig.time.pass(Duration.ofHours(2));
            rig.clouds.connect(rig.connection(rig.account.key())).create(cloud.request("web-1", MACHINE), "t");

            Creation end = rig.finish(creation);

            assertEquals(1, rig.imageIds().size());
            assertNull(end.imageId());
            assertEquals(
                    CleanupTask.State.NEEDS_PERSON,
                    chore(end, CleanupTask.Kind.FIND_IMAGE).state());
            rig.close();
        }
    }

    @Test
    void aLateImageThatIsKeptIsTold() {
        use(TestCloud.JD_CLOUD);
        rig.account.instances().addStopped(MACHINE);
        rig.images().listAfter(Duration.ofHours(3));
        rig.server.faults().next("createImage", Fault.LOSE_ANSWER);

        Creation end = finish("web-1", Options.DEFAULTS);

        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertEquals(Outcome.FAILED, end.outcome());
    }

    /** The second build must not lose its image to the clean-up of the first. */
    @Test
    void aCleanUpThatOnlyLooksGivesWayToAnotherCreationOfTheName() {
        use(TestCloud.ALIBABA_ENS);
        rig.server.faults().next("CreateImage", Fault.RESET_BEFORE);
        Creation first = start("web-1", DELETE);
        rig.until(first, Phase.CLEANING_UP);
        Creation second = rig.finish(start("web-1", DELETE));

        Creation end = rig.finish(first);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(rig.imageIds(), List.of(second.imageId()));
        assertEquals(
                CleanupTask.State.NEEDS_PERSON,
                chore(end, CleanupTask.Kind.FIND_IMAGE).state());
        assertNull(end.imageId());
    }

    @Test
    void aNameIsWaitedForWhileItsImageIsDeleted() {
        use(TestCloud.TENCENT);
        Creation first = start("web-1", DELETE);
        rig.until(first, Phase.BUILDING);
        rig.engine.abort(first.key());
        rig.until(first, Phase.CLEANING_UP);

        Creation second = finish("web-1", DELETE);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(rig.imageIds(), List.of(second.imageId()));
    }

    // Names

    @Test
    void aUsableImageIsReusedAndNothingIsDoneToIt() {
        use(TestCloud.JD_CLOUD);
        Creation first = finish("web-1", STOP);
        long calls = rig.server.calls().size();

        Creation second = finish("web-1", REUSE);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(first.imageId(), second.imageId());
        assertTrue(second.reused());
        assertEquals(calls + 1, rig.server.calls().size());
    }

    @Test
    void anImageThatIsBeingMadeElsewhereIsWaitedForAndNeverDeleted() {
        use(TestCloud.TENCENT);
        Creation first = start("web-1", Options.DEFAULTS);
        rig.until(first, Phase.BUILDING);
        rig.restart(folder.resolve("another"));
        Creation second = start("web-1", REUSE);
        rig.until(second, Phase.BUILDING);
        assertTrue(rig.live(second).reused());
        rig.engine.abort(second.key());

        Creation end = rig.finish(second);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(), end.tasks());
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void anImageThatThisControllerMakesIsWaitedForAndReused() {
        use(TestCloud.TENCENT);
        Creation first = start("web-1", Options.DEFAULTS);
        rig.until(first, Phase.SUBMITTING);

        Creation second = finish("web-1", REUSE);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals(rig.saved(first).imageId(), second.imageId());
    }

    @Test
    void aFailedImageIsNotReused() {
        use(TestCloud.TENCENT);
        rig.images().fail(true);
        finish("web-1", Options.DEFAULTS);

        Creation second = finish("web-1", REUSE);

        assertEquals(ErrorKind.NAME_TAKEN, second.problem().kind());
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void theFirstFreeNumberIsPutBehindTheName() {
        use(TestCloud.TENCENT);

        List<String> names = IntStream.range(0, 3)
                .mapToObj(i -> finish("web", SUFFIX).request().imageName())
                .toList();

        assertEquals(List.of("web", "web-2", "web-3"), names);
    }

    @Test
    void aNameThatIsInUseGetsANumberAsWell() {
        use(TestCloud.TENCENT);
        Creation first = start("web", SUFFIX);
        Creation second = start("web", SUFFIX);

        assertEquals("web", rig.finish(first).request().imageName());
        assertEquals("web-2", rig.finish(second).request().imageName());
        assertEquals(2, rig.imageIds().size());
    }

    @Test
    void aLongNameIsShortenedToTheCloudsLimit() {
        use(TestCloud.QCLOUD);
        rig.account.instances().addStopped(MACHINE);
        String name = "a".repeat(16);
        finish(name, SUFFIX);

        Creation second = finish(name, SUFFIX);

        assertEquals(Outcome.READY, second.outcome());
        assertEquals("a".repeat(14) + "-2", second.request().imageName());
    }

    @Test
    void tenComesAfterNineWithinTheLimit() {
        use(TestCloud.QCLOUD);
        assertEquals(
                "a".repeat(13) + "-10",
                Suffix.next(TestCloud.QCLOUD.request("a".repeat(14) + "-9", MACHINE), 9)
                        .imageName());
    }
}

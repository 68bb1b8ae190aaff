package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.FakeJdCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Instances are stopped for their image and started again; the quota is asked before. */
class InstanceTest extends OptionsRig {
    @Test
    void anInstanceIsShutDownAndStartedAgain() {
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
                task(end, CleanupTask.Kind.START_INSTANCE).state());
    }

    @Test
    void anInstanceThatWasShutDownBeforeStaysSo() {
        use(TestCloud.JD_CLOUD);
        rig.account.instances().addStopped(INSTANCE);

        Creation end = finish("web-1", STOP);

        assertEquals(Outcome.READY, end.outcome());
        assertFalse(end.instance().stopping());
        assertEquals(Optional.of(Power.STOPPED), power());
        assertEquals(0, rig.server.count("stopInstance") + rig.server.count("startInstance"));
    }

    @Test
    void anInstanceThatRunsIsRefusedWhereTheCloudNeedsItShutDown() {
        use(TestCloud.QCLOUD);

        Creation end = finish("web-1", Options.DEFAULTS);

        assertEquals(ErrorKind.INVALID_REQUEST, end.problem().kind());
        assertTrue(end.problem().message().startsWith("The instance i-1 is running"), end.toString());
        assertEquals(0, rig.server.count("CreateImage") + rig.server.count("StopInstances"));
    }

    @Test
    void anInstanceThatRunsIsLeftAloneElsewhere() {
        use(TestCloud.TENCENT);

        assertEquals(Outcome.READY, finish("web-1", Options.DEFAULTS).outcome());
        assertEquals(0, rig.server.count("DescribeInstances"));
    }

    @Test
    void withoutStartAfterwardsTheInstanceStaysShutDown() {
        use(TestCloud.JD_CLOUD);

        Creation end = finish("web-1", new Options(true, false, OnIncomplete.KEEP, IfNameExists.FAIL));

        assertEquals(Optional.of(Power.STOPPED), power());
        assertEquals(List.of(), end.tasks());
    }

    @Test
    void aCreationThatFailsStartsTheInstanceAfterItWasTold() {
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
        CleanupTask start = task(end, CleanupTask.Kind.START_INSTANCE);
        assertEquals(CleanupTask.State.NEEDS_PERSON, start.state());
        assertTrue(start.error().message().startsWith("Retried for a day without success: "), start.toString());
        assertFalse(rig.time.instant().isBefore(end.ending().at().plus(CleaningUp.PATIENCE)));
    }

    @Test
    void anAbortRightAfterTheShutdownStartsTheInstanceAgain() {
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

    /** Fails if an instance is started or stopped while an image is made from it. */
    private void watchTheInstance() {
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
    void twoCreationsAtOneInstanceTakeTurns() {
        use(TestCloud.JD_CLOUD);
        watchTheInstance();
        Creation first = start("web-1", STOP);
        Creation second = start("web-2", STOP);
        rig.until(first, Phase.BUILDING);

        CloudError waits = rig.live(second).problem();

        assertEquals(ErrorKind.BUSY, waits.kind());
        assertEquals("Another build uses the instance i-1: job#1", waits.message());
        assertBothAreMade(first, second);
    }

    @Test
    void anInstanceIsKeptForTheCreationThatHasNotResumedYet() {
        use(TestCloud.JD_CLOUD);
        watchTheInstance();
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
    void whoWaitsForAnInstanceEndsWithTheDeadlineAndLeavesItAlone() {
        use(TestCloud.JD_CLOUD);
        rig.images().take(Duration.ofHours(3));
        Creation first = rig.plan(rig.cloud.request("web-1", INSTANCE), STOP, Duration.ofHours(4));
        rig.run(first);
        rig.until(first, Phase.BUILDING);

        Creation second = finish("web-2", STOP);

        assertEquals(Outcome.TIMED_OUT, second.outcome());
        assertEquals(ErrorKind.BUSY, second.problem().kind());
        assertEquals(Optional.of(Power.STOPPED), power());
        assertEquals(1, rig.server.count("stopInstance"));
    }

    @Test
    void aQuotaThatIsUsedUpIsToldBeforeTheInstanceIsShutDown() {
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

        // The cloud decides.
        assertEquals("ImageQuotaLimitExceeded", end.problem().code());
        rig.time.pass(Duration.ofMinutes(1));
        assertEquals(Optional.of(Power.RUNNING), power());
    }

    @Test
    void withoutAShutdownTheQuotaIsNotReadIfItCostsSeveralCalls() {
        use(TestCloud.TENCENT);

        finish("web-1", Options.DEFAULTS);

        assertEquals(0, rig.server.count("DescribeImageQuota"));
    }

    @Test
    void aQuotaThatCostsOneCallIsReadOnceBeforeEachImage() {
        use(TestCloud.JD_CLOUD);
        ((FakeJdCloud) rig.account.fake()).allowImages(2);

        assertEquals(Outcome.READY, finish("web-1", Options.DEFAULTS).outcome());
        assertEquals(Outcome.READY, finish("web-2", STOP).outcome());
        Creation third = finish("web-3", Options.DEFAULTS);

        assertEquals(ErrorKind.QUOTA, third.problem().kind());
        assertTrue(third.problem().message().contains("the limit is 2"), third.toString());
        assertEquals(2, rig.count("createImage"));
        assertEquals(3, rig.count("describeQuotas"));
    }

    @Test
    void aQuotaThatCannotBeReadStopsNoImage() {
        use(TestCloud.JD_CLOUD);
        rig.failNext("describeQuotas", Fault.UNAVAILABLE_BEFORE);

        assertEquals(Outcome.READY, finish("web-1", Options.DEFAULTS).outcome());
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Subject;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Verdict;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.Received;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dry run changes nothing at any cloud, and tells what it has proven and what not. */
class DryRunTest extends OptionsRig {
    /** The clouds that check a create call without making an image. */
    private static final Set<TestCloud> CHECKING =
            EnumSet.of(TestCloud.TENCENT, TestCloud.TENCENT_WITHOUT_ID, TestCloud.ALIBABA_ECS);

    private static final Options CHECK = Options.DEFAULTS.onlyChecked();

    private static Map<Subject, Verdict> verdicts(Creation end) {
        return end.ending().checks().stream().collect(Collectors.toMap(DryRunCheck::subject, DryRunCheck::verdict));
    }

    private static String detail(Creation end, Subject subject) {
        return end.ending().checks().stream()
                .filter(check -> check.subject() == subject)
                .findFirst()
                .orElseThrow()
                .detail();
    }

    @ParameterizedTest
    @EnumSource
    void onlyReadsAreSentAndTheTableSaysWhatIsProven(TestCloud cloud) {
        use(cloud);
        Set<String> sent = new TreeSet<>();
        rig.onRequest = sent::add;

        Creation end = finish("web-1", STOP.sharedWith(List.of("100012345678")).onlyChecked());

        assertEquals(Outcome.DRY_RUN_PASSED, end.outcome(), end.toString());
        assertNull(end.imageId());
        assertEquals(List.of(), rig.imageIds());
        assertEquals(Optional.of(Power.RUNNING), power());
        assertEquals(List.of(), end.tasks());
        boolean checks = CHECKING.contains(cloud);
        sent.removeIf(action -> action.regionMatches(true, 0, "Describe", 0, 8));
        assertEquals(checks ? Set.of("CreateImage") : Set.of(), sent);
        assertEquals(
                Map.of(
                        Subject.PARAMETERS,
                        Verdict.PASSED,
                        Subject.NAME,
                        Verdict.PASSED,
                        Subject.INSTANCE,
                        Verdict.PASSED,
                        Subject.QUOTA,
                        tellsQuota(cloud) ? Verdict.PASSED : Verdict.NOT_CHECKED,
                        Subject.CREATE_CALL,
                        checks ? Verdict.PASSED : Verdict.NOT_CHECKED,
                        Subject.OTHER_CALLS,
                        Verdict.NOT_CHECKED),
                verdicts(end));
    }

    private static boolean tellsQuota(TestCloud cloud) {
        return cloud == TestCloud.JD_CLOUD || cloud == TestCloud.TENCENT || cloud == TestCloud.TENCENT_WITHOUT_ID;
    }

    @ParameterizedTest
    @EnumSource
    void allProblemsAreToldAtOnce(TestCloud cloud) {
        use(cloud);
        if (rig.stoppedSource()) {
            rig.account.instances().addStopped("i-2");
        }
        rig.makeByHand(rig.cloud.request("web-1", rig.stoppedSource() ? "i-2" : INSTANCE));
        Creation creation = rig.plan(rig.cloud.request("web-1", "i-none"), CHECK, EngineRig.TIMEOUT);
        rig.run(creation);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(Verdict.FAILED, verdicts(end).get(Subject.NAME));
        assertEquals(Verdict.FAILED, verdicts(end).get(Subject.INSTANCE));
        assertEquals(ErrorKind.NAME_TAKEN, end.problem().kind());
        String text = end.problem().text();
        assertTrue(text.contains("web-1") && text.contains("i-none"), text);
        assertEquals(1, rig.imageIds().size());
    }

    @ParameterizedTest
    @EnumSource
    void aTakenNameIsNoProblemIfTheImageIsReusedOrGetsANumber(TestCloud cloud) {
        use(cloud);
        rig.account.instances().addStopped("i-2");
        rig.makeByHand(rig.cloud.request("web-1", "i-2"));
        rig.images().finish();

        for (Options options : List.of(REUSE, SUFFIX)) {
            Creation end = finish("web-1", fitting(cloud, options).onlyChecked());

            assertEquals(Verdict.PASSED, verdicts(end).get(Subject.NAME), end.toString());
            assertTrue(detail(end, Subject.NAME).contains(rig.imageIds().get(0)), detail(end, Subject.NAME));
        }
    }

    /** A cloud of stopped sources wants the instance to be stopped. */
    private static Options fitting(TestCloud cloud, Options options) {
        return cloud == TestCloud.QCLOUD
                ? new Options(true, true, options.onIncomplete(), options.ifNameExists())
                : options;
    }

    @Test
    void aRunningInstanceIsAProblemWhereImagesNeedAStoppedOne() {
        use(TestCloud.QCLOUD);

        Creation end = finish("web-1", CHECK);

        assertEquals(Outcome.FAILED, end.outcome());
        assertTrue(
                end.problem().advice().contains("stopInstance"), end.problem().text());
    }

    @Test
    void aUsedUpQuotaIsAProblemAndOneThatMayNotBeReadIsNone() {
        use(TestCloud.TENCENT);
        rig.tencent().allowImages(1);
        finish("web-1", Options.DEFAULTS);

        Creation usedUp = finish("web-2", CHECK);
        rig.front = new Forbidding(rig.account.fake(), "DescribeImageQuota");
        Creation unreadable = finish("web-3", CHECK);

        assertEquals(Outcome.FAILED, usedUp.outcome());
        assertEquals(Verdict.FAILED, verdicts(usedUp).get(Subject.QUOTA));
        assertEquals(Verdict.NOT_CHECKED, verdicts(unreadable).get(Subject.QUOTA));
    }

    /** Tencent Cloud for a key that lacks a permission. */
    private record Forbidding(FakeCloud cloud, String call) implements FakeCloud {
        @Override
        public String action(Received request) {
            return cloud.action(request);
        }

        @Override
        public Answer answer(Received request) {
            return action(request).equals(call)
                    ? Answer.json(
                            200,
                            "{\"Response\":{\"Error\":{\"Code\":\"UnauthorizedOperation\",\"Message\":\"No.\"},\"RequestId\":\"r\"}}")
                    : cloud.answer(request);
        }

        @Override
        public Answer throttled() {
            return cloud.throttled();
        }
    }

    @Test
    void thePermissionToReadInstancesIsOnlyNeededToStopOne() {
        use(TestCloud.TENCENT);
        rig.front = new Forbidding(rig.account.fake(), "DescribeInstances");

        Creation without = finish("web-1", CHECK);
        Creation stopping = finish("web-1", STOP.onlyChecked());

        assertEquals(Outcome.DRY_RUN_PASSED, without.outcome());
        assertEquals(Verdict.NOT_CHECKED, verdicts(without).get(Subject.INSTANCE));
        assertEquals(ErrorKind.PERMISSION, stopping.problem().kind());
    }

    @Test
    void aThrottledCheckIsRepeated() {
        use(TestCloud.ALIBABA_ECS);
        rig.failNext("DescribeInstances", Fault.THROTTLED);

        assertEquals(Outcome.DRY_RUN_PASSED, finish("web-1", CHECK).outcome());
    }

    @Test
    void aDryRunGoesOnInAnotherProcess() {
        use(TestCloud.TENCENT);
        rig.onRequest = action -> rig.server.faults().next(action, Fault.THROTTLED);
        Creation creation = start("web-1", CHECK);
        rig.time.pass(Duration.ofMinutes(1));
        rig.onRequest = action -> {};
        rig.resumeAll(folder);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.DRY_RUN_PASSED, end.outcome());
        assertEquals(List.of(), rig.imageIds());
    }

    @Test
    void anAbortedDryRunLeavesNothing() {
        use(TestCloud.JD_CLOUD);
        Creation creation = start("web-1", DELETE.onlyChecked());
        rig.engine.abort(creation.key());

        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(), end.tasks());
        assertEquals(List.of(), rig.imageIds());
    }
}

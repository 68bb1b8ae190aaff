package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The finished image is shared with other accounts before the step is told that it is ready. */
class SharingTest extends OptionsRig {
    private static final String ONE = "100012345678";
    private static final String TWO = "100012345679";
    private static final List<String> BOTH = List.of(ONE, TWO);

    private void useStopped(TestCloud cloud) {
        use(cloud);
        if (rig.stoppedSource()) {
            rig.account.instances().addStopped(INSTANCE);
        }
    }

    private List<String> shares(Creation creation) {
        return rig.account.fake().shares().of(creation.imageId()).stream()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void theStepEndsOnceAllAccountsAreReadBack(TestCloud cloud) {
        useStopped(cloud);

        Creation end = finish("web-1", Options.DEFAULTS.sharedWith(BOTH));

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(BOTH, shares(end));
        assertEquals(BOTH, end.image().shares().present());
        assertTrue(rig.phasesHeard().contains(Phase.SHARING));
    }

    @Test
    void moreAccountsThanACallTakesAreSharedInSeveral() {
        use(TestCloud.ALIBABA_ECS);
        List<String> many = IntStream.range(0, 50)
                .mapToObj(number -> Long.toString(100_012_345_000L + number))
                .toList();

        Creation end = finish("web-1", Options.DEFAULTS.sharedWith(many));

        assertEquals(many, shares(end));
        assertEquals(5, rig.count("ModifyImageSharePermission"));
        assertEquals(2, rig.count("DescribeImageSharePermission"));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedAccountIsNamedTheOthersAreSharedWithAndTheImageStays(TestCloud cloud) {
        useStopped(cloud);
        rig.account.fake().shares().close(ONE);

        Creation end = finish("web-1", DELETE.sharedWith(BOTH));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(List.of(TWO), shares(end));
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        String text = end.problem().text();
        assertTrue(text.contains(end.imageId()) && text.contains(ONE) && !text.contains(TWO), text);
        assertEquals(List.of(), end.tasks());
    }

    @Test
    void aLostAnswerIsResolvedByReadingBack() {
        use(TestCloud.TENCENT);
        for (Fault fault : List.of(Fault.LOSE_ANSWER, Fault.RESET_BEFORE, Fault.THROTTLED)) {
            rig.failNext("ModifyImageSharePermission", fault);
            Creation end = finish("web-" + fault.name().toLowerCase().charAt(0), Options.DEFAULTS.sharedWith(BOTH));

            assertEquals(Outcome.READY, end.outcome(), fault.name());
            assertEquals(BOTH, shares(end));
        }
    }

    @Test
    void whatIsSharedAlreadyIsNotSharedAgain() {
        use(TestCloud.TENCENT);
        String image = rig.makeByHand(rig.cloud.request("web-1", INSTANCE));
        rig.images().finish();
        rig.account.fake().shares().share(image, List.of(ONE, "100000000009"));
        Options reuse = new Options(false, false, Options.OnIncomplete.DELETE, Options.IfNameExists.REUSE);

        Creation end = finish("web-1", reuse.sharedWith(BOTH));

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(List.of(TWO), end.image().shares().sent());
        assertEquals(List.of("100000000009", ONE, TWO), shares(end));
    }

    @Test
    void sharingGoesOnInAnotherProcess() {
        use(TestCloud.TENCENT);
        Creation creation = start("web-1", Options.DEFAULTS.sharedWith(BOTH));
        rig.untilSaved(creation, Phase.SHARING);
        rig.resumeAll(folder);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(BOTH, shares(end));
    }

    @Test
    void theDeadlineEndsTheStepAndTheImageStays() {
        use(TestCloud.TENCENT);
        rig.onRequest = action -> {
            if (action.equals("ModifyImageSharePermission")) {
                rig.server.faults().next(action, Fault.THROTTLED);
            }
        };

        Creation end = finish("web-1", DELETE.sharedWith(BOTH));

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertTrue(end.problem().text().contains(ONE), end.problem().text());
    }

    @Test
    void anAbortedImageIsDeletedThoughItIsShared() {
        for (TestCloud cloud : TestCloud.values()) {
            useStopped(cloud);
            Creation creation = start("web-1", DELETE.sharedWith(BOTH));
            rig.time.runUntil(() -> rig.live(creation).imageId() != null
                    && rig.account
                                    .fake()
                                    .shares()
                                    .of(rig.live(creation).imageId())
                                    .size()
                            == 2);
            rig.engine.abort(creation.key());

            Creation end = rig.finish(creation);

            assertEquals(Outcome.ABORTED, end.outcome());
            assertEquals(List.of(), rig.imageIds(), cloud.name());
            rig.close();
        }
        use(TestCloud.TENCENT);
    }

    @Test
    void anImageThatSomebodyElseHasSharedIsNotUnsharedAndNotDeleted() {
        use(TestCloud.TENCENT);
        Creation creation = start("web-1", DELETE.sharedWith(List.of(ONE)));
        rig.time.runUntil(() -> rig.live(creation).imageId() != null
                && !rig.account.fake().shares().of(rig.live(creation).imageId()).isEmpty());
        rig.account.fake().shares().share(rig.live(creation).imageId(), List.of(TWO));
        rig.engine.abort(creation.key());
        rig.time.pass(Duration.ofHours(2));

        assertEquals(List.of(TWO), shares(rig.live(creation)));
        assertEquals(1, rig.imageIds().size());
    }

    @Test
    void anImageThatIsGoneEndsTheStep() {
        use(TestCloud.TENCENT);
        rig.onRequest = action -> {
            if (action.equals("DescribeImageSharePermission")) {
                rig.imageIds().forEach(rig.images()::remove);
            }
        };

        Creation end = finish("web-1", Options.DEFAULTS.sharedWith(BOTH));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.NOT_FOUND, end.problem().kind());
    }

    /** Without marks, a lost answer leaves open whose image it is. */
    @Test
    void anImageThatMayBelongToSomebodyElseIsNotShared() {
        use(TestCloud.ALIBABA_ENS);
        rig.server.faults().next("CreateImage", Fault.LOSE_ANSWER);

        Creation end = finish("web-1", DELETE.sharedWith(BOTH));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ImageStatus.Ownership.LIKELY, end.image().ownership());
        assertEquals(0, rig.count("ModifyImageSharePermission"));
        assertEquals(rig.imageIds(), List.of(end.imageId()));
    }

    @Test
    void aDryRunSharesNothing() {
        use(TestCloud.TENCENT);
        Creation creation =
                rig.plan(EngineRig.request("web-1", true), Options.DEFAULTS.sharedWith(BOTH), EngineRig.TIMEOUT);
        rig.run(creation);

        assertEquals(Outcome.DRY_RUN_PASSED, rig.finish(creation).outcome());
        assertEquals(0, rig.count("DescribeImageSharePermission"));
    }

    @Test
    void withoutAccountsNothingIsRead() {
        use(TestCloud.TENCENT);

        Creation end = finish("web-1", Options.DEFAULTS);

        assertNull(end.image().shares());
        assertEquals(0, rig.count("DescribeImageSharePermission"));
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The finished image is copied to other regions before the step is told that it is ready. */
class CopyingTest extends OptionsRig {
    private static final String ONE = "cn-shanghai";
    private static final String TWO = "cn-beijing";

    private static CopyPlan copies(boolean mayFail, CopyTarget... targets) {
        return CopyPlan.of(List.of(targets), mayFail);
    }

    private static CopyPlan both() {
        return copies(false, new CopyTarget(ONE), new CopyTarget(TWO));
    }

    private Creation begin(Options options, CopyPlan copies) {
        return begin(options, copies, EngineRig.TIMEOUT);
    }

    private Creation begin(Options options, CopyPlan copies, Duration timeout) {
        Creation creation = rig.plan(rig.cloud.request("web-1", INSTANCE), options, copies, timeout);
        rig.run(creation);
        return creation;
    }

    private Creation copied(Options options, CopyPlan copies) {
        return rig.finish(begin(options, copies));
    }

    /** The regions with an image, each as often as it has one. */
    private List<String> regions() {
        return rig.images().all().stream()
                .map(image -> Objects.toString(rig.images().region(image.id()), "by hand"))
                .sorted()
                .toList();
    }

    private List<String> all() {
        return Stream.of(rig.cloud.region, ONE, TWO).sorted().toList();
    }

    private List<Map<String, String>> ecsCopies() {
        return ((FakeAlibabaEcs) rig.account.fake()).copies().calls();
    }

    private static String call(TestCloud cloud) {
        return switch (cloud) {
            case JD_CLOUD -> "copyImages";
            case TENCENT -> "SyncImages";
            default -> "CopyImage";
        };
    }

    private void untilAllAreMade() {
        rig.time.runUntil(() -> regions().size() == 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"JD_CLOUD", "TENCENT", "TENCENT_WITHOUT_ID", "APSARA_STACK", "ALIBABA_ECS"})
    void theStepEndsOnceAllCopiesAreReady(TestCloud cloud) {
        use(cloud);

        Creation end = copied(Options.DEFAULTS, both());

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(all(), regions());
        for (CopyStatus copy : end.copies()) {
            FakeImage image = rig.images().all().stream()
                    .filter(each -> copy.region().equals(rig.images().region(each.id())))
                    .findFirst()
                    .orElseThrow();
            assertEquals(image.id(), copy.image().id());
            assertEquals("web-1", image.name());
            assertTrue(copy.isReady() && copy.done(), copy.toString());
        }
        Creation told = rig.toldEnd();
        assertTrue(told.copies().stream().allMatch(CopyStatus::isReady), told.toString());
    }

    @Test
    void aCopyIsNamedEncryptedAndMarked() {
        use(TestCloud.ALIBABA_ECS);

        Creation end = copied(Options.DEFAULTS, copies(false, new CopyTarget(ONE, "web-copy", true, "key-1")));

        Map<String, String> call = ecsCopies().get(0);
        assertEquals(end.imageId(), call.get("ImageId"));
        assertEquals("cn-hangzhou", call.get("RegionId"));
        assertEquals("web-copy", call.get("DestinationImageName"));
        assertEquals("true", call.get("Encrypted"));
        assertEquals("key-1", call.get("KMSKeyId"));
        PlannedCopy planned = end.plan().copies().copies().get(0);
        assertEquals(planned.token(), call.get("ClientToken"));
        assertTrue(planned.mark().isIn(call.get("DestinationDescription")), call.toString());
        assertFalse(end.plan().mark().isIn(call.get("DestinationDescription")), call.toString());
    }

    @Test
    void copiesAreSharedLikeTheirSource() {
        use(TestCloud.ALIBABA_ECS);

        Creation end = copied(Options.DEFAULTS.sharedWith(List.of("100012345678")), both());

        assertEquals(Outcome.READY, end.outcome());
        for (String id : rig.imageIds()) {
            assertEquals(List.of("100012345678"), rig.account.fake().shares().of(id), id);
        }
    }

    @Test
    void moreThanFiveCopiesWaitForEachOther() {
        use(TestCloud.ALIBABA_ECS);
        rig.images().take(Duration.ofMinutes(5));
        CopyTarget[] many = IntStream.range(0, 7)
                .mapToObj(number -> new CopyTarget("cn-test-" + number))
                .toArray(CopyTarget[]::new);

        Creation end = copied(Options.DEFAULTS, copies(false, many));

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(8, rig.imageIds().size());
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "APSARA_STACK", "ALIBABA_ECS"})
    void aCopyThatFailsFailsTheStepAndTheOthersStay(TestCloud cloud) {
        use(cloud);
        rig.images().create("taken", null);

        Creation end = copied(DELETE, copies(false, new CopyTarget(ONE, "taken", false, null), new CopyTarget(TWO)));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.NAME_TAKEN, end.problem().kind());
        String text = end.problem().text();
        assertTrue(text.contains(ONE) && text.contains(end.imageId()) && !text.contains(TWO), text);
        assertEquals(Stream.of("by hand", rig.cloud.region, TWO).sorted().toList(), regions());
    }

    @Test
    void aCopyMayFail() {
        use(TestCloud.TENCENT);
        rig.images().create("taken", null);

        Creation end = copied(DELETE, copies(true, new CopyTarget(ONE, "taken", false, null), new CopyTarget(TWO)));

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(
                List.of(true, false),
                end.copies().stream().map(CopyStatus::hasFailed).toList());
    }

    @ParameterizedTest
    @EnumSource(names = {"JD_CLOUD", "TENCENT", "APSARA_STACK", "ALIBABA_ECS"})
    void anAbortDeletesTheImageAndItsCopies(TestCloud cloud) {
        use(cloud);
        Creation creation = begin(DELETE, both());
        untilAllAreMade();

        rig.engine.abort(creation.key());
        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(), regions());
        boolean cancels = cloud == TestCloud.APSARA_STACK || cloud == TestCloud.ALIBABA_ECS;
        assertEquals(cancels ? 2 : 0, rig.count("CancelCopyImage"));
        if (cloud != TestCloud.TENCENT) {
            assertEquals(Set.of(), rig.account.snapshots().get());
        }
    }

    @Test
    void anAbortDeletesACopyThatIsReadyBeforeTheOther() {
        use(TestCloud.ALIBABA_ECS);
        Creation creation = begin(DELETE, both());
        rig.time.runUntil(() -> regions().contains(ONE));
        rig.images().finish();
        rig.time.runUntil(() -> rig.live(creation).copies().stream().anyMatch(CopyStatus::isReady));

        rig.engine.abort(creation.key());
        rig.finish(creation);

        assertEquals(List.of(), regions());
    }

    @Test
    void anAbortKeepsTheCopiesIfTheUserWants() {
        use(TestCloud.ALIBABA_ECS);
        Creation creation = begin(Options.DEFAULTS, both());
        untilAllAreMade();

        rig.engine.abort(creation.key());
        rig.finish(creation);

        assertEquals(all(), regions());
        assertEquals(0, rig.count("DeleteImage") + rig.count("CancelCopyImage"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "ALIBABA_ECS"})
    void theDeadlineEndsTheStepAndOnlyUnfinishedCopiesAreDeleted(TestCloud cloud) {
        use(cloud);
        Creation creation = begin(DELETE, both(), Duration.ofMinutes(30));
        rig.until(creation, Phase.COPYING);
        rig.time.runUntil(() -> regions().contains(ONE));
        rig.images().take(Duration.ofHours(2));

        Creation end = rig.finish(creation);

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertTrue(end.problem().text().contains(TWO), end.problem().text());
        assertTrue(
                regions().contains(cloud.region) && !regions().contains(TWO),
                regions().toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"JD_CLOUD", "TENCENT", "APSARA_STACK", "ALIBABA_ECS"})
    void aLostAnswerMakesNoSecondCopy(TestCloud cloud) {
        for (Fault fault : List.of(Fault.LOSE_ANSWER, Fault.RESET_BEFORE, Fault.THROTTLED)) {
            if (cloud == TestCloud.JD_CLOUD && fault == Fault.RESET_BEFORE) {
                continue;
            }
            use(cloud);
            rig.failNext(call(cloud), fault);

            Creation end = copied(Options.DEFAULTS, both());

            assertEquals(Outcome.READY, end.outcome(), fault.name());
            assertEquals(all(), regions(), fault.name());
        }
    }

    /** Neither a token nor unique names protect from a second copy on JD Cloud, so a person decides. */
    @Test
    void aCopyThatIsNeverFoundIsNotMadeAgain() {
        use(TestCloud.JD_CLOUD);
        rig.failNext("copyImages", Fault.RESET_BEFORE);
        Creation creation = begin(Options.DEFAULTS, copies(false, new CopyTarget(ONE)));

        rig.time.runUntil(() -> rig.live(creation).ended());
        rig.time.pass(Duration.ofHours(1));

        assertEquals(Outcome.FAILED, rig.live(creation).outcome());
        assertEquals(ErrorKind.UNKNOWN_ANSWER, rig.live(creation).problem().kind());
        assertEquals(1, rig.count("copyImages"));
        assertEquals(List.of(rig.cloud.region), regions());
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "ALIBABA_ECS"})
    void anotherProcessContinuesEachCopy(TestCloud cloud) {
        for (String call : List.of(call(cloud), "DescribeImages")) {
            use(cloud);
            Creation creation = begin(Options.DEFAULTS, both());
            rig.until(creation, Phase.COPYING);
            long before = rig.count(call);
            for (int deaths = 1; deaths <= 4; deaths++) {
                long wanted = before + deaths;
                rig.time.runUntil(() -> rig.count(call) >= wanted || rig.isDone(creation));
                rig.resumeAll(folder);
            }

            Creation end = rig.finish(creation);

            assertEquals(Outcome.READY, end.outcome(), call);
            assertEquals(all(), regions(), call);
        }
    }

    @Test
    void theCopiesOfAStepThatNobodyWaitsForAreFinishedAndKept() {
        use(TestCloud.ALIBABA_ECS);
        Creation creation = begin(DELETE, both());
        untilAllAreMade();
        rig.restart(folder);

        rig.ledger
                .all()
                .records()
                .forEach(stored -> rig.engine.cleanUp(stored.creation().key(), news -> {}));
        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABANDONED, end.outcome());
        assertEquals(all(), regions());
        assertEquals(0, rig.count("DeleteImage") + rig.count("CancelCopyImage"));
    }

    @Test
    void aFailedCopyStaysIfABuildContradictsTheRecordOfItsSource() {
        use(TestCloud.ALIBABA_ECS);
        Creation creation = begin(DELETE, both());
        rig.until(creation, Phase.COPYING);
        rig.images().fail(true);
        untilAllAreMade();
        rig.contradicted = each -> !each.isCopy();
        rig.restart(folder);

        rig.engine.cleanUp(creation.key(), news -> {});
        rig.time.pass(Duration.ofHours(2));
        assertEquals(all(), regions());

        rig.engine.administration().releaseAll();
        rig.time.runUntil(() -> regions().equals(List.of(rig.cloud.region)));
    }

    @Test
    void theRecordsOfTheCopiesAreRemovedAfterTheirSource() {
        use(TestCloud.ALIBABA_ECS);
        Creation creation = begin(Options.DEFAULTS, both());
        rig.until(creation, Phase.COPYING);
        String copy = creation.plan().copies().copies().get(0).key();
        rig.time.runUntil(() -> rig.ledger.load(copy).isPresent());

        rig.engine.remove(copy);
        Creation end = rig.finish(creation);
        assertTrue(rig.ledger.load(copy).isPresent());

        end.copies().forEach(each -> rig.engine.remove(each.key()));
        rig.engine.remove(end.key());
        rig.time.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), rig.ledger.all().records());
        assertEquals(List.of(), rig.engine.creations());
    }
}

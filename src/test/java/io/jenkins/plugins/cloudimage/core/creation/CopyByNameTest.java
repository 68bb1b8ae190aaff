package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudImageRequest;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloud;
import io.jenkins.plugins.cloudimage.simulator.FakeQcloudCopies;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On QCloud a copy is only found by its name: it is likely the step's, is asked for once, and is never deleted. */
class CopyByNameTest extends OptionsRig {
    private static final String COPY = "SyncCvmImage";
    private static final String HERE = "ap-guangzhou";
    private static final String ONE = "ap-shanghai";
    private static final String TWO = "ap-beijing";
    private static final CopyPlan BOTH = CopyPlan.of(List.of(new CopyTarget(ONE), new CopyTarget("bj")), false);

    @BeforeEach
    void qcloud() {
        rig = new EngineRig(folder, 1, TestCloud.QCLOUD);
        rig.account.instances().addStopped(INSTANCE);
    }

    private FakeQcloudCopies copies() {
        return ((FakeQcloud) rig.account.fake()).copies();
    }

    private static CopyPlan one() {
        return CopyPlan.of(List.of(new CopyTarget(ONE)), false);
    }

    private Creation begin(Options options, CopyPlan copies) {
        Creation creation = rig.plan(rig.cloud.request("web-1", INSTANCE), options, copies, EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    /** The regions with an image, each as often as it has one. */
    private List<String> regions() {
        return rig.images().all().stream()
                .map(image -> Objects.toString(rig.images().region(image.id()), "by hand"))
                .sorted()
                .toList();
    }

    private String idIn(String region) {
        return rig.images().all().stream()
                .map(FakeImage::id)
                .filter(id -> region.equals(rig.images().region(id)))
                .findFirst()
                .orElseThrow();
    }

    /** Makes an image with the name in every region, before the first call to copy or when it comes. */
    private String[] byHandAtTheCopy() {
        String[] id = new String[1];
        rig.onRequest = action -> {
            if (action.equals(COPY) && id[0] == null) {
                id[0] = rig.images().create("web-1", null).id();
            }
        };
        return id;
    }

    private Creation copyOf(Creation source) {
        return rig.live(rig.engine.creations().stream()
                .filter(each -> each.isCopy()
                        && each.key()
                                .equals(source.plan().copies().copies().get(0).key()))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void theStepEndsOnceAllCopiesAreFoundAndReady() {
        Creation end = rig.finish(begin(Options.DEFAULTS, BOTH));

        assertEquals(Outcome.READY, end.outcome(), end.toString());
        assertEquals(List.of(TWO, HERE, ONE), regions());
        assertEquals(
                List.of("gz sh", "gz bj"),
                copies().calls().stream()
                        .map(call -> call.get("srcRegion") + " " + call.get("dstRegion.0"))
                        .toList());
        assertEquals(ImageStatus.Ownership.PROVEN, end.image().ownership());
        assertEquals(idIn(ONE), end.copies().get(0).image().id());
        assertEquals(idIn(TWO), end.copies().get(1).image().id());
        for (CopyStatus copy : end.copies()) {
            assertEquals("web-1", copy.name());
            assertEquals(ImageStatus.Ownership.LIKELY, copy.image().ownership());
            assertTrue(copy.isReady() && copy.done(), copy.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOSE_ANSWER", "GATEWAY_AFTER", "BROKEN_JSON", "THROTTLED"})
    void aLostAnswerMakesNoSecondCopy(Fault fault) {
        rig.failNext(COPY, fault);

        Creation end = rig.finish(begin(Options.DEFAULTS, BOTH));

        assertEquals(Outcome.READY, end.outcome(), end.toString());
        assertEquals(List.of(TWO, HERE, ONE), regions());
        assertEquals(2, copies().calls().size());
    }

    /** No page tells that a taken name is refused, so a second call might make a second copy. A person decides. */
    @Test
    void aCopyThatIsNeverFoundIsNotMadeAgain() {
        rig.failNext(COPY, Fault.RESET_BEFORE);
        Creation creation = begin(DELETE, one());

        String text = unknownOutcome(creation);
        assertTrue(text.contains("no image named \"web-1\" was found in " + ONE), text);
        assertEquals(1, rig.count(COPY));
        assertEquals(List.of(HERE), regions());
    }

    @ParameterizedTest
    @EnumSource(names = {"FAIL", "SUFFIX"})
    void aNameThatIsTakenThereFailsTheCopyBeforeItIsAskedFor(IfNameExists wish) {
        Creation creation = begin(new Options(false, false, OnIncomplete.DELETE, wish), one());
        rig.until(creation, Phase.BUILDING);
        // In every region; the name was free in the first one when the step began.
        String theirs = rig.images().create("web-1", null).id();

        Creation end = rig.finish(creation);

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.NAME_TAKEN, end.problem().kind());
        String text = end.problem().text();
        assertTrue(text.contains(ONE) && text.contains(theirs), text);
        assertEquals(0, rig.count(COPY));
        assertEquals(List.of(HERE, "by hand"), regions());
    }

    @Test
    void aNameThatIsTakenMeanwhileFailsTheCopy() {
        String[] theirs = byHandAtTheCopy();

        Creation end = rig.finish(begin(DELETE, one()));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.NAME_TAKEN, end.problem().kind());
        assertEquals(List.of(HERE, "by hand"), regions());
        assertTrue(rig.imageIds().contains(theirs[0]));
    }

    /** Waits for the end and longer, and returns what the step is told. */
    private String unknownOutcome(Creation creation) {
        rig.time.runUntil(() -> rig.live(creation).ended());
        rig.time.pass(Duration.ofHours(1));
        Creation end = rig.live(creation);
        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.UNKNOWN_ANSWER, end.problem().kind());
        return end.problem().text();
    }

    @Test
    void ofTwoImagesWithTheNameAPersonChooses() {
        copies().allowNamesakes();
        String[] theirs = byHandAtTheCopy();
        Creation creation = begin(DELETE, one());

        String text = unknownOutcome(creation);
        assertTrue(text.contains(theirs[0]) && text.contains(idIn(ONE)), text);
        assertEquals(List.of(ONE, HERE, "by hand").stream().sorted().toList(), regions());
        assertEquals(0, rig.count("DeleteImages"));
    }

    /** The cloud's date is read as UTC, which never makes an image older; this one is older by more than that. */
    @Test
    void anOldImageThatListsShowLateIsNotTaken() throws CloudException {
        CloudConnection there = rig.connection(rig.account.key()).in(ONE, rig.server.endpoint());
        rig.clouds.connect(there).create(new QcloudImageRequest(ONE, "web-1", null, INSTANCE), "token");
        rig.time.pass(Duration.ofHours(9));
        Creation creation = begin(DELETE, one());
        rig.until(creation, Phase.COPYING);
        rig.images().listAfter(Duration.ofDays(1));
        rig.onRequest = action -> {
            if (action.equals(COPY)) {
                rig.images().listAfter(Duration.ZERO);
            }
        };
        rig.failNext(COPY, Fault.RESET_BEFORE);

        rig.time.runUntil(() -> rig.live(creation).ended());

        Creation end = rig.live(creation);
        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.UNKNOWN_ANSWER, end.problem().kind());
        assertNull(end.copies().get(0).image());
        assertEquals(List.of(HERE, ONE), regions());
    }

    @Test
    void anAbortDeletesTheImageAndLeavesItsCopies() {
        Creation creation = begin(DELETE, BOTH);
        rig.time.runUntil(
                () -> rig.live(creation).copies().stream().anyMatch(copy -> copy.image() != null && copy.isReady()));

        rig.engine.abort(creation.key());
        Creation end = rig.finish(creation);

        assertEquals(Outcome.ABORTED, end.outcome());
        assertEquals(List.of(ONE), regions().stream().filter(ONE::equals).toList());
        assertTrue(!regions().contains(HERE), regions().toString());
        CopyStatus first = end.copies().get(0);
        assertEquals(idIn(ONE), first.image().id());
        assertEquals(ImageStatus.Ownership.LIKELY, first.image().ownership());
    }

    @Test
    void anAbortBeforeTheCopyIsFoundTellsAPersonItsId() {
        Creation creation = begin(DELETE, one());
        rig.time.runUntil(() -> regions().contains(ONE));

        rig.engine.abort(creation.key());
        rig.time.pass(Duration.ofMinutes(30));

        Creation copy = copyOf(creation);
        assertEquals(Outcome.ABORTED, copy.outcome());
        assertEquals(List.of(idIn(ONE)), copy.candidates());
        CleanupTask find = task(copy, CleanupTask.Kind.FIND_IMAGE);
        assertTrue(find.error().text().contains(idIn(ONE)), find.toString());
        assertEquals(List.of(ONE), regions());
    }

    @Test
    void theDeadlineEndsTheStepAndTheCopyStays() {
        Creation creation = rig.plan(rig.cloud.request("web-1", INSTANCE), DELETE, one(), Duration.ofMinutes(30));
        rig.run(creation);
        rig.until(creation, Phase.COPYING);
        rig.images().take(Duration.ofHours(2));

        rig.time.runUntil(() -> rig.live(creation).ended());
        rig.time.pass(Duration.ofHours(3));

        Creation end = rig.live(creation);
        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(List.of(HERE, ONE), regions());
        assertEquals(idIn(ONE), end.copies().get(0).image().id());
    }

    /** The API has no failed state: a copy that fails is no longer listed. */
    @Test
    void aCopyThatDisappearsFailsTheStep() {
        Creation creation = rig.plan(rig.cloud.request("web-1", INSTANCE), DELETE, one(), Duration.ofHours(4));
        rig.run(creation);
        rig.until(creation, Phase.COPYING);
        rig.images().fail(true);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(ErrorKind.FAILED_IMAGE, end.problem().kind());
        assertTrue(regions().contains(HERE), regions().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {COPY, "DescribeImages"})
    void anotherProcessContinuesTheCopy(String call) {
        Creation creation = begin(Options.DEFAULTS, one());
        rig.until(creation, Phase.COPYING);
        long before = rig.count(call);
        for (int deaths = 1; deaths <= 4; deaths++) {
            long wanted = before + deaths;
            rig.time.runUntil(
                    () -> rig.count(call) >= wanted || rig.live(creation).ended());
            rig.resumeAll(folder);
        }

        Creation end = rig.finish(creation);

        assertEquals(Outcome.READY, end.outcome(), end.toString());
        assertEquals(List.of(HERE, ONE), regions());
        assertEquals(1, rig.count(COPY));
    }

    @Test
    void aCopyThatMayBelongToSomebodyElseIsNotShared() {
        Creation end = rig.finish(begin(Options.DEFAULTS.sharedWith(List.of("100012345678")), one()));

        assertEquals(Outcome.FAILED, end.outcome());
        assertTrue(end.problem().text().contains("not proven"), end.problem().text());
        assertEquals(List.of(), rig.account.fake().shares().of(idIn(ONE)));
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.State;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.core.retention.MadeImage;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import io.jenkins.plugins.cloudimage.core.retention.Verdict.Reason;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The builds of a job retire the copies of earlier ones, region by region. */
class CopyRetentionTest extends OptionsRig {
    private static final String THERE = "cn-shanghai";
    private static final String YONDER = "cn-beijing";
    private static final Retention ONE = new Retention(1, null, false);
    private static final Retention TWO = new Retention(2, null, false);
    private static final Retention DRY_RUN = new Retention(1, null, true);

    private static CopyPlan to(CopyTarget... targets) {
        return CopyPlan.of(List.of(targets), false);
    }

    private static CopyPlan there() {
        return to(new CopyTarget(THERE));
    }

    private static CopyPlan both(boolean mayFail) {
        return CopyPlan.of(List.of(new CopyTarget(THERE), new CopyTarget(YONDER)), mayFail);
    }

    private Creation plan(int number, ImageRequest request, Options options, CopyPlan copies) {
        Creation creation = Creation.plan(
                new BuildReference("job#" + number, "tencent-prod", "simulator"),
                request,
                options,
                copies,
                rig.clock.instant(),
                EngineRig.TIMEOUT);
        rig.ledger.save(creation);
        return creation;
    }

    private Creation begin(int number, ImageRequest request, Options options, CopyPlan copies) {
        Creation creation = plan(number, request, options, copies);
        rig.listener = rig.predecessors::note;
        rig.run(creation);
        return creation;
    }

    private Creation build(int number, ImageRequest request, Options options, CopyPlan copies) {
        Creation end = rig.finish(begin(number, request, options, copies));
        untilRetired();
        return end;
    }

    private Creation build(int number, Retention rule, CopyPlan copies) {
        return build(number, web(number), Options.DEFAULTS.retiring(rule), copies);
    }

    private ImageRequest web(int number) {
        return rig.cloud.request("web-" + number, INSTANCE);
    }

    private static ImageRequest webThere(int number) {
        return new TencentImageRequest(THERE, "web-" + number, null, INSTANCE, null, false, false, null, false);
    }

    private void untilRetired() {
        rig.time.runUntil(() -> rig.retirements.values().stream().allMatch(Creation::done));
        rig.time.pass(Duration.ofMinutes(1));
    }

    private List<String> names(String region) {
        return rig.images().all().stream()
                .filter(image -> region.equals(rig.images().region(image.id())))
                .map(FakeImage::name)
                .sorted()
                .toList();
    }

    private String id(String region, String name) {
        return rig.images().all().stream()
                .filter(image -> region.equals(rig.images().region(image.id())))
                .filter(image -> image.name().equals(name))
                .map(FakeImage::id)
                .findFirst()
                .orElseThrow();
    }

    private Reason reason(String region, String name) {
        return rig.judgedIn.get(region).stream()
                .filter(verdict -> verdict.image().name().equals(name))
                .map(Verdict::reason)
                .findFirst()
                .orElseThrow();
    }

    private MadeImage made(String region, String name) {
        return rig.made.of("job").stream()
                .filter(image ->
                        image.group().region().equals(region) && image.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String copyKey(Creation source) {
        return source.plan().copies().copies().get(0).key();
    }

    @ParameterizedTest
    @EnumSource(names = {"JD_CLOUD", "TENCENT", "APSARA_STACK", "ALIBABA_ECS"})
    void eachRegionKeepsItsNewestCopies(TestCloud cloud) {
        use(cloud);
        build(1, TWO, both(false));
        build(2, TWO, both(false));
        assertEquals(List.of("web-1", "web-2"), names(THERE));

        Creation end = build(3, TWO, both(false));

        assertEquals(Outcome.READY, end.outcome());
        for (String region : List.of(cloud.region, THERE, YONDER)) {
            assertEquals(List.of("web-2", "web-3"), names(region), region);
            assertNotNull(made(region, "web-1").retired(), region);
            assertNull(made(region, "web-2").retired(), region);
        }
        assertTrue(
                end.copies().stream().allMatch(CopyStatus::done), end.copies().toString());
    }

    /** The response to the copy call names none, and copies carry no mark. */
    @Test
    void aCopyThatWasFoundByItsNameStays() {
        use(TestCloud.TENCENT_WITHOUT_ID);
        build(1, ONE, there());

        build(2, ONE, there());

        assertEquals(Reason.UNPROVEN, reason(THERE, "web-1"));
        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertEquals(List.of("web-2"), names(rig.cloud.region));
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "ALIBABA_ECS"})
    void aCopyThatIsUsedOrSharedOrOfAKeptBuildStays(TestCloud cloud) {
        use(cloud);
        build(1, ONE, there());
        rig.account.instances().add("i-2").bootedFrom("i-2", id(THERE, "web-1"));
        build(2, ONE, there());
        rig.account.fake().shares().share(id(THERE, "web-2"), List.of("100012345678"));
        build(3, ONE, there());
        rig.kept.add("job#3");

        build(4, ONE, there());

        assertEquals(Reason.USED, reason(THERE, "web-1"));
        assertEquals(Reason.SHARED, reason(THERE, "web-2"));
        assertEquals(Reason.KEPT_BUILD, reason(THERE, "web-3"));
        assertEquals(List.of("web-1", "web-2", "web-3", "web-4"), names(THERE));
        assertEquals(List.of("web-3", "web-4"), names(cloud.region));
    }

    @Test
    void aCopyThatIsUsedMeanwhileStays() {
        use(TestCloud.TENCENT);
        build(1, ONE, there());
        String copy = id(THERE, "web-1");
        rig.onRequest = action -> {
            if (!rig.retirements.isEmpty()) {
                rig.account.instances().add("i-2").bootedFrom("i-2", copy);
            }
        };

        build(2, ONE, there());

        assertEquals(Reason.RETIRE, reason(THERE, "web-1"));
        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertEquals(List.of("web-2"), names(rig.cloud.region));
    }

    @Test
    void aCopyThatAnotherBuildReusesStaysMeanwhile() {
        use(TestCloud.TENCENT);
        build(1, ONE, there());
        // It waits for an account, so that it has the copy for long.
        rig.onRequest = action -> {
            if (EngineRig.is(action, "ModifyImageSharePermission")) {
                rig.server.faults().next(action, Fault.THROTTLED);
            }
        };
        Options shared = new Options(false, false, OnIncomplete.KEEP, IfNameExists.REUSE).sharedWith(List.of("10001"));
        Creation reuses = begin(2, webThere(1), shared, CopyPlan.NONE);
        rig.until(reuses, Phase.SHARING);

        Creation end = rig.finish(begin(3, web(3), Options.DEFAULTS.retiring(ONE), there()));
        rig.time.pass(Duration.ofMinutes(5));

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(Reason.RETIRE, reason(THERE, "web-1"));
        assertEquals(List.of("web-1", "web-3"), names(THERE));
        assertFalse(rig.live(reuses).ended());
        rig.onRequest = action -> {};
        assertEquals(Outcome.READY, rig.finish(reuses).outcome());
        untilRetired();
        assertEquals(List.of("web-1", "web-3"), names(THERE), "it is shared by now");
    }

    /** The copies, of which the second one finds its name taken. */
    private static CopyPlan bothOfWhichOneFails(boolean mayFail) {
        return CopyPlan.of(List.of(new CopyTarget(THERE), new CopyTarget(YONDER, "taken", false, null)), mayFail);
    }

    @Test
    void aStepThatFailsForOneCopyRetiresNothingElsewhere() {
        use(TestCloud.TENCENT);
        build(1, ONE, both(false));
        rig.images().create("taken", null);

        Creation end = build(2, ONE, bothOfWhichOneFails(false));

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertEquals(List.of("web-1", "web-2"), names(rig.cloud.region));
        assertTrue(rig.retirements.isEmpty());
        assertNull(made(THERE, "web-2"), "nobody was told of it");
    }

    @Test
    void aRegionWhoseCopyFailedRetiresNothing() {
        use(TestCloud.TENCENT);
        build(1, ONE, both(true));
        rig.images().create("taken", null);

        Creation end = build(2, ONE, bothOfWhichOneFails(true));

        assertEquals(Outcome.READY, end.outcome());
        assertTrue(end.lacksCopies());
        assertEquals(List.of("web-2"), names(rig.cloud.region));
        assertEquals(List.of("web-2"), names(THERE));
        assertEquals(List.of("web-1"), names(YONDER));
        assertNull(made(YONDER, "web-1").retired());
        assertNull(made(YONDER, "taken"));
    }

    private void onlyTheFirstCopyIsMadeSoon(String name) {
        rig.time.runUntil(() -> names(THERE).contains(name));
        rig.images().take(EngineRig.TIMEOUT.multipliedBy(2));
    }

    @Test
    void anAbortRetiresNothing() {
        use(TestCloud.ALIBABA_ECS);
        build(1, ONE, both(false));
        Creation aborted = begin(2, web(2), Options.DEFAULTS.retiring(ONE), both(false));
        onlyTheFirstCopyIsMadeSoon("web-2");
        rig.time.runUntil(() -> rig.live(aborted).copies().stream().anyMatch(CopyStatus::isReady));

        rig.engine.abort(aborted.key());
        assertEquals(Outcome.ABORTED, rig.finish(aborted).outcome());
        untilRetired();

        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertNull(made(THERE, "web-2"));
        assertEquals(0, rig.count("DeleteImage"));
    }

    @Test
    void theDeadlineRetiresNothing() {
        use(TestCloud.ALIBABA_ECS);
        build(1, ONE, both(false));
        Creation creation = begin(2, web(2), Options.DEFAULTS.retiring(ONE), both(false));
        onlyTheFirstCopyIsMadeSoon("web-2");

        Creation end = rig.finish(creation);
        untilRetired();

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertEquals(0, rig.count("DeleteImage"));
    }

    @Test
    void aDryRunTellsWhichCopiesWouldGoBeforeTheStepEnds() {
        use(TestCloud.TENCENT);
        build(1, null, both(false));
        Creation second = plan(2, web(2), Options.DEFAULTS.retiring(DRY_RUN), both(false));
        rig.listener = news -> {
            rig.predecessors.note(news);
            if (news.ended() && !news.awaitsJudgement()) {
                assertEquals(3, rig.judgedIn.size(), "regions");
                rig.heard.add(news);
            }
        };
        rig.judgedIn.clear();
        rig.run(second);
        rig.finish(second);
        untilRetired();

        assertFalse(rig.heard.isEmpty());
        assertEquals(Reason.RETIRE, reason(THERE, "web-1"));
        assertEquals(Reason.RETIRE, reason(YONDER, "web-1"));
        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertTrue(rig.retirements.isEmpty());
    }

    /** A matrix may create images of the same name in the region to which it copies others. */
    @Test
    void copiesAndImagesOfTheirRegionAreCountedApart() {
        use(TestCloud.TENCENT);
        build(1, webThere(1), Options.DEFAULTS.retiring(ONE), CopyPlan.NONE);
        build(2, ONE, there());
        assertEquals(List.of("web-1", "web-2"), names(THERE));

        build(3, webThere(3), Options.DEFAULTS.retiring(ONE), CopyPlan.NONE);
        assertEquals(List.of("web-2", "web-3"), names(THERE));

        build(4, ONE, there());
        assertEquals(List.of("web-3", "web-4"), names(THERE));
    }

    @Test
    void copiesFromAnotherRegionAreCountedApart() {
        use(TestCloud.TENCENT);
        build(1, ONE, to(new CopyTarget(YONDER)));
        build(2, webThere(2), Options.DEFAULTS.retiring(ONE), to(new CopyTarget(YONDER)));
        assertEquals(List.of("web-1", "web-2"), names(YONDER));

        build(3, ONE, to(new CopyTarget(YONDER)));
        assertEquals(List.of("web-2", "web-3"), names(YONDER));
    }

    @Test
    void copiesInARegionThatIsNoTargetAnyMoreStay() {
        use(TestCloud.TENCENT);
        build(1, ONE, both(false));

        build(2, ONE, there());

        assertEquals(List.of("web-2"), names(THERE));
        assertEquals(List.of("web-1"), names(YONDER));
        build(3, ONE, both(false));
        assertEquals(List.of("web-3"), names(YONDER));
    }

    @Test
    void copiesOfAReusedImageAreTheJobsOwn() {
        use(TestCloud.TENCENT);
        Options release = new Options(false, false, OnIncomplete.KEEP, IfNameExists.REUSE).retiring(ONE);
        for (int number = 1; number <= 2; number++) {
            build(number, null, CopyPlan.NONE);
            build(number, web(number), release, there());
        }

        assertEquals(List.of("web-1", "web-2"), names(rig.cloud.region));
        assertEquals(List.of("web-2"), names(THERE));
    }

    @Test
    void aReusedCopyReplacesNothing() {
        use(TestCloud.TENCENT);
        build(1, ONE, there());
        build(2, webThere(2), Options.DEFAULTS, CopyPlan.NONE);
        Options reuse = new Options(false, false, OnIncomplete.KEEP, IfNameExists.REUSE).retiring(ONE);

        Creation end = build(2, web(2), reuse, there());

        assertEquals(Outcome.READY, end.outcome());
        assertEquals(List.of("web-2"), names(rig.cloud.region));
        assertEquals(List.of("web-1", "web-2"), names(THERE));
        assertEquals(
                1,
                rig.made.of("job").stream()
                        .filter(image -> image.id().equals(id(THERE, "web-2")))
                        .count());
    }

    @Test
    void theNamesOfCopiesDoNotCount() {
        use(TestCloud.TENCENT);
        build(1, ONE, to(new CopyTarget(THERE, "released-abc", false, null)));

        build(2, ONE, to(new CopyTarget(THERE, "released-def", false, null)));

        assertEquals(List.of("released-def"), names(THERE));
    }

    @Test
    void theNumbersOfTakenNamesDoNotCount() {
        use(TestCloud.TENCENT);
        for (int number = 11; number <= 13; number++) {
            build(number, rig.cloud.request("web", INSTANCE), SUFFIX.retiring(TWO), there());
        }

        assertEquals(List.of("web-2", "web-3"), names(rig.cloud.region));
        assertEquals(List.of("web-2", "web-3"), names(THERE));
    }

    @Test
    void aProcessThatDiesAtAnyCallRetiresInTheNextOne() {
        int calls = calls();
        assertTrue(calls > 10, "only " + calls + " calls");
        for (int call = 1; call <= calls; call++) {
            use("at " + call);
            build(1, ONE, there());
            Creation second = plan(2, web(2), Options.DEFAULTS.retiring(ONE), there());
            rig.run(second);
            rig.time.runUntil(() -> rig.saved(second).ended());
            int[] left = {call};
            boolean[] dead = {false};
            rig.onRequest = action -> {
                if (!dead[0] && --left[0] == 0) {
                    dead[0] = true;
                    rig.die();
                }
            };
            rig.time.pass(Duration.ofMinutes(10));
            rig.restart(folder.resolve("at " + call));
            rig.listener = rig.predecessors::note;
            rig.ledger.all().records().stream()
                    .map(StoredCreation::creation)
                    .filter(creation -> creation.outcome() == Outcome.RETIRED)
                    .forEach(creation -> rig.retire(creation.key()));
            rig.run(rig.saved(second));
            rig.finish(second);
            rig.time.pass(Duration.ofHours(1));

            assertEquals(List.of("web-2"), names(THERE), "died at call " + call);
            assertEquals(List.of("web-2"), names(rig.cloud.region), "died at call " + call);
            assertNotNull(made(THERE, "web-1").retired(), "died at call " + call);
            rig.close();
        }
    }

    private int calls() {
        use("count");
        build(1, ONE, there());
        Creation second = plan(2, web(2), Options.DEFAULTS.retiring(ONE), there());
        rig.run(second);
        rig.time.runUntil(() -> rig.saved(second).ended());
        int before = rig.server.calls().size();
        rig.time.pass(Duration.ofMinutes(10));
        int calls = rig.server.calls().size() - before;
        rig.close();
        return calls;
    }

    private void use(String name) {
        rig = new EngineRig(folder.resolve(name), 1, TestCloud.TENCENT);
        rig.account.instances().add(INSTANCE);
    }

    @Test
    void inACopyOfTheIndexNothingGoesUntilAnAdministratorReleasesIt() throws Exception {
        use(TestCloud.TENCENT);
        build(1, ONE, there());
        Path copy = Files.createDirectories(folder.resolve("copy").resolve("made"));
        try (Stream<Path> files = Files.list(folder.resolve("made"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        rig.restart(folder.resolve("copy"));
        Creation second = begin(2, web(2), Options.DEFAULTS.retiring(ONE), there());
        rig.time.runUntil(() -> rig.live(second).ended());
        rig.time.pass(Duration.ofMinutes(10));

        Creation copied = rig.engine.find(copyKey(second)).orElseThrow();
        assertEquals(State.NEEDS_PERSON, task(copied, Kind.RETIRE_OLDER).state());
        assertFalse(rig.live(second).awaitsJudgement());
        assertEquals(List.of("web-1", "web-2"), names(THERE));

        rig.made.release();
        rig.engine.administration().retry(copied.key(), news -> {});
        rig.time.pass(Duration.ofHours(1));
        assertEquals(List.of("web-2"), names(THERE));
    }
}

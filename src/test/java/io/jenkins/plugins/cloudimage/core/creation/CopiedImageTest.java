package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Subject;
import io.jenkins.plugins.cloudimage.core.creation.DryRunCheck.Verdict;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies meet dry runs, deletions and retention. */
class CopiedImageTest extends OptionsRig {
    private static final String ELSEWHERE = "cn-shanghai";
    private static final CopyPlan COPIED = CopyPlan.of(List.of(new CopyTarget(ELSEWHERE)), false);
    private static final Retention ONE = new Retention(1, null, false);

    private Creation plan(int number, String name, Options options, CopyPlan copies) {
        Creation creation = Creation.plan(
                new BuildReference("job#" + number, "tencent-prod", "simulator"),
                rig.cloud.request(name, INSTANCE),
                options,
                copies,
                rig.clock.instant(),
                EngineRig.TIMEOUT);
        rig.ledger.save(creation);
        return creation;
    }

    private Creation begin(int number, String name, Options options, CopyPlan copies) {
        Creation creation = plan(number, name, options, copies);
        rig.listener = rig.predecessors::note;
        rig.run(creation);
        return creation;
    }

    private Creation build(int number, String name) {
        // Each build has a plan of its own, because the keys of copies are in it.
        CopyPlan copies = CopyPlan.of(List.of(new CopyTarget(ELSEWHERE)), false);
        Creation end = rig.finish(begin(number, name, Options.DEFAULTS.retiring(ONE), copies));
        untilRetired();
        return end;
    }

    private void untilRetired() {
        rig.time.runUntil(() -> rig.retirements.values().stream().allMatch(Creation::done));
        rig.time.pass(Duration.ofMinutes(1));
    }

    private Creation delete(String image) {
        Creation creation = Creation.deletion(
                new BuildReference("job#9", "tencent-prod", "simulator"),
                rig.cloud.request("", null),
                new Deletion(image, "job#1", false, false),
                null,
                rig.clock.instant(),
                EngineRig.TIMEOUT);
        rig.ledger.save(creation);
        rig.run(creation);
        return creation;
    }

    /** The names of the images in a region. */
    private List<String> names(String region) {
        return rig.images().all().stream()
                .filter(image -> region.equals(rig.images().region(image.id())))
                .map(FakeImage::name)
                .sorted()
                .toList();
    }

    private boolean isCopied() {
        return !names(ELSEWHERE).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "APSARA_STACK", "ALIBABA_ECS"})
    void aDryRunCopiesNothing(TestCloud cloud) {
        use(cloud);

        Creation end = rig.finish(begin(1, "web-1", Options.DEFAULTS.onlyChecked(), COPIED));

        assertEquals(Outcome.DRY_RUN_PASSED, end.outcome(), end.toString());
        assertEquals(List.of(), end.copies());
        assertEquals(List.of(), rig.imageIds());
        DryRunCheck last = end.ending().checks().get(end.ending().checks().size() - 1);
        assertEquals(Subject.OTHER_CALLS, last.subject());
        assertEquals(Verdict.NOT_CHECKED, last.verdict());
        assertEquals(0, rig.count("CopyImage") + rig.count("SyncImages"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "ALIBABA_ECS"})
    void anImageIsDeletedOnceItsStepHasCopiedIt(TestCloud cloud) {
        use(cloud);
        Creation creation = begin(1, "web-1", Options.DEFAULTS, COPIED);
        rig.time.runUntil(this::isCopied);

        Creation deletion = delete(rig.live(creation).imageId());
        rig.time.pass(Duration.ofSeconds(30));
        assertEquals(Phase.CHECKING, rig.live(deletion).phase());
        assertEquals(Phase.COPYING, rig.live(creation).phase());

        assertEquals(Outcome.READY, rig.finish(creation).outcome());
        assertEquals(Outcome.DELETED, rig.finish(deletion).outcome());
        assertEquals(List.of(), names(cloud.region));
        assertEquals(List.of("web-1"), names(ELSEWHERE));
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "ALIBABA_ECS"})
    void anImageIsDeletedOnceTheCopiesOfAGoneBuildAreMade(TestCloud cloud) {
        use(cloud);
        Creation creation = begin(1, "web-1", Options.DEFAULTS, COPIED);
        rig.until(creation, Phase.COPYING);
        rig.images().take(Duration.ofHours(1));
        rig.time.runUntil(this::isCopied);
        rig.engine.cleanUp(creation.key(), news -> {});
        rig.time.runUntil(() -> rig.live(creation).ended());

        Creation deletion = delete(rig.live(creation).imageId());
        rig.time.pass(Duration.ofMinutes(10));
        assertEquals(Phase.CHECKING, rig.live(deletion).phase());
        assertEquals(0, rig.count("DeleteImage"));

        rig.images().finish();
        assertEquals(Outcome.DELETED, rig.finish(deletion).outcome());
        assertEquals(Outcome.ABANDONED, rig.finish(creation).outcome());
        assertEquals(List.of("web-1"), names(ELSEWHERE));
    }

    @Test
    void olderImagesAreJudgedOnceTheCopiesAreReady() {
        use(TestCloud.ALIBABA_ECS);
        build(1, "web-1");
        Creation creation = begin(2, "web-2", Options.DEFAULTS.retiring(ONE), COPIED);
        rig.time.runUntil(() -> names(ELSEWHERE).contains("web-2"));

        assertEquals(List.of("web-1", "web-2"), names(rig.cloud.region));
        assertTrue(rig.retirements.isEmpty());

        rig.finish(creation);
        untilRetired();
        assertEquals(List.of("web-2"), names(rig.cloud.region));
    }

    @Test
    void anImageThatAnotherBuildIsCopyingStays() {
        use(TestCloud.ALIBABA_ECS);
        rig.finish(begin(1, "web-1", Options.DEFAULTS.retiring(ONE), CopyPlan.NONE));
        rig.images().take(Duration.ofHours(1));
        Options reuse = new Options(false, false, OnIncomplete.KEEP, IfNameExists.REUSE);
        Creation copying = begin(2, "web-1", reuse, COPIED);
        rig.time.runUntil(this::isCopied);
        rig.images().take(Duration.ZERO);

        rig.finish(begin(3, "web-3", Options.DEFAULTS.retiring(ONE), CopyPlan.NONE));
        rig.time.pass(Duration.ofMinutes(20));

        assertEquals(Phase.COPYING, rig.live(copying).phase());
        assertEquals(List.of("web-1", "web-3"), names(rig.cloud.region));
        assertEquals(0, rig.count("DeleteImage"));

        rig.images().finish();
        assertEquals(Outcome.READY, rig.finish(copying).outcome());
        untilRetired();
        assertEquals(List.of("web-3"), names(rig.cloud.region));
    }
}

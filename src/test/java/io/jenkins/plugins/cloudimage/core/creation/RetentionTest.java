package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import io.jenkins.plugins.cloudimage.core.RoleSession;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.State;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import io.jenkins.plugins.cloudimage.core.retention.Verdict;
import io.jenkins.plugins.cloudimage.core.retention.Verdict.Reason;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeTemplates;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The builds of a job retire the images of earlier ones. */
class RetentionTest extends OptionsRig {
    private static final Retention TWO = new Retention(2, null, false);
    private static final Retention ONE = new Retention(1, null, false);
    private static final Retention COMPARING = new Retention(1, null, false, true);

    private void useStopped(TestCloud cloud) {
        use(cloud);
        if (rig.stoppedSource()) {
            rig.account.instances().addStopped(INSTANCE);
        }
    }

    private Creation plan(String job, int number, Retention rule) {
        Creation creation = Creation.plan(
                new BuildReference(job + "#" + number, "tencent-prod", null),
                rig.cloud.request("web-" + number, INSTANCE),
                Options.DEFAULTS.retiring(rule),
                rig.clock.instant(),
                EngineRig.TIMEOUT);
        rig.ledger.save(creation);
        return creation;
    }

    private Creation build(int number, Retention rule) {
        return build("job", number, rule);
    }

    private Creation build(String job, int number, Retention rule) {
        Creation creation = plan(job, number, rule);
        rig.listener = rig.predecessors::note;
        rig.run(creation);
        Creation end = rig.finish(creation);
        rig.time.runUntil(() -> rig.retirements.values().stream().allMatch(Creation::done));
        rig.time.pass(Duration.ofMinutes(1));
        return end;
    }

    private List<String> names() {
        return rig.images().all().stream().map(FakeImage::name).sorted().toList();
    }

    private String id(String name) {
        return rig.images().all().stream()
                .filter(image -> image.name().equals(name))
                .map(FakeImage::id)
                .findFirst()
                .orElseThrow();
    }

    private Reason reason(String name) {
        return rig.judged.stream()
                .filter(verdict -> verdict.image().name().equals(name))
                .map(Verdict::reason)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void theOldestImageGoesWithItsSnapshotsAndTheIndexKnowsIt(TestCloud cloud) {
        useStopped(cloud);
        build(1, TWO);
        String oldest = id("web-1");
        build(2, TWO);
        assertEquals(List.of("web-1", "web-2"), names());

        Creation end = build(3, TWO);

        assertEquals(List.of("web-2", "web-3"), names());
        assertFalse(rig.account.snapshots().get().contains(oldest));
        assertEquals(Outcome.READY, end.outcome());
        assertEquals(State.DONE, task(end, Kind.RETIRE_OLDER).state());
        assertNotNull(rig.made.of("job").get(0).retired());
        assertNull(rig.made.of("job").get(1).retired());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsUsedOrSharedStays(TestCloud cloud) {
        useStopped(cloud);
        build(1, ONE);
        rig.account.instances().add("i-2").bootedFrom("i-2", id("web-1"));
        build(2, ONE);
        assertEquals(Reason.USED, reason("web-1"));
        rig.account.fake().shares().share(id("web-2"), List.of("100012345678"));

        build(3, ONE);

        assertEquals(Reason.SHARED, reason("web-2"));
        assertEquals(List.of("web-1", "web-2", "web-3"), names());
        assertEquals(0, rig.count("DeleteImage"));
    }

    private FakeTemplates templates() {
        return ((FakeTemplates.Account) rig.account.fake()).templates();
    }

    private Verdict verdict(String name) {
        return rig.judged.stream()
                .filter(verdict -> verdict.image().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Stream<TestCloud> listing() {
        return Stream.of(TestCloud.JD_CLOUD, TestCloud.TENCENT, TestCloud.ALIBABA_ECS);
    }

    @ParameterizedTest
    @MethodSource("listing")
    void whatALaunchTemplateNamesStays(TestCloud cloud) {
        useStopped(cloud);
        rig.serveScaling();
        build(1, COMPARING);
        templates().addVersion("lt-1", id("web-1"));

        build(2, COMPARING);

        assertEquals(Reason.NAMED, reason("web-1"));
        assertEquals(
                new ImageTemplate(ImageTemplate.Kind.LAUNCH_TEMPLATE, "lt-1", id("web-1")),
                verdict("web-1").seen().template());
        templates().remove("lt-1");
        build(3, COMPARING);
        assertEquals(List.of("web-3"), names());
    }

    @ParameterizedTest
    @EnumSource(names = {"TENCENT", "ALIBABA_ECS"})
    void whatAScalingConfigurationNamesStays(TestCloud cloud) {
        use(cloud);
        rig.serveScaling();
        build(1, COMPARING);
        templates().configure("asc-1", id("web-1"));

        build(2, COMPARING);

        assertEquals(Reason.NAMED, reason("web-1"));
        assertEquals("asc-1", verdict("web-1").seen().template().id());
        assertEquals(List.of("web-1", "web-2"), names());
    }

    @Test
    void whoAcceptsUnseenUseNeedsNoPermissionToListTemplates() {
        use(TestCloud.TENCENT);
        rig.serveScaling();
        build(1, ONE);
        templates().addVersion("lt-1", id("web-1")).deny(true);

        build(2, ONE);

        assertEquals(List.of("web-2"), names());
        assertEquals(0, rig.count("DescribeLaunchTemplates"));
        assertEquals(List.of(), rig.scaling.calls());
    }

    @Test
    void withoutThePermissionTheImagesStayAndTheBuildIsTold() {
        use(TestCloud.TENCENT);
        rig.serveScaling();
        build(1, COMPARING);
        templates().denyScaling();

        Creation end = build(2, COMPARING);

        assertEquals(State.DONE, task(end, Kind.RETIRE_OLDER).state());
        assertEquals(Reason.UNLISTED, reason("web-1"));
        assertEquals(ErrorKind.PERMISSION, verdict("web-1").seen().unlisted().kind());
        assertEquals(List.of("web-1", "web-2"), names());
    }

    /** The administrator has removed it since the build began. */
    @Test
    void withoutTheServiceForScalingGroupsTheImagesStay() {
        use(TestCloud.TENCENT);
        build(1, COMPARING);

        build(2, COMPARING);

        assertEquals(Reason.UNLISTED, reason("web-1"));
        assertEquals(List.of("web-1", "web-2"), names());
    }

    @Test
    void aFailureThatPassesIsWaitedOut() {
        use(TestCloud.TENCENT);
        rig.serveScaling();
        build(1, COMPARING);
        rig.failNext("DescribeLaunchTemplates", Fault.THROTTLED);
        rig.scaling.faults().next("DescribeLaunchConfigurations", Fault.BROKEN_JSON);

        Creation end = build(2, COMPARING);

        assertEquals(State.DONE, task(end, Kind.RETIRE_OLDER).state());
        assertEquals(List.of("web-2"), names());
    }

    @Test
    void templatesAreListedOnceForAllImagesAndAgainBeforeEachDeletion() {
        use(TestCloud.TENCENT);
        rig.serveScaling();
        for (int number = 1; number <= 4; number++) {
            build(number, null);
        }
        Retention dryRun = new Retention(1, null, true, true);
        build(5, dryRun);
        assertEquals(1, rig.scaling.count("DescribeLaunchConfigurations"));
        assertEquals(1, rig.count("DescribeLaunchTemplates"));

        build(6, COMPARING);

        assertEquals(List.of("web-6"), names());
        assertEquals(1 + 1 + 5, rig.scaling.count("DescribeLaunchConfigurations"));
    }

    @Test
    void nothingIsListedForImagesThatStayAnyway() {
        use(TestCloud.TENCENT);
        rig.serveScaling();
        build(1, COMPARING);
        rig.account.instances().add("i-2").bootedFrom("i-2", id("web-1"));

        build(2, COMPARING);

        assertEquals(Reason.USED, reason("web-1"));
        assertEquals(List.of(), rig.scaling.calls());
    }

    @Test
    void whatATemplateNamesMeanwhileStays() {
        use(TestCloud.TENCENT);
        rig.serveScaling();
        build(1, COMPARING);
        String image = id("web-1");
        rig.onRequest = action -> {
            if (!rig.retirements.isEmpty()) {
                templates().configure("asc-1", image);
            }
        };

        build(2, COMPARING);

        assertEquals(Reason.RETIRE, reason("web-1"));
        assertEquals(List.of("web-1", "web-2"), names());
        assertEquals(0, rig.count("DeleteImages"));
    }

    /** Without marks, a lost response leaves open whose image it is. */
    @Test
    void anImageThatMayBelongToSomebodyElseStays() {
        use(TestCloud.ALIBABA_ENS);
        rig.server.faults().next("CreateImage", Fault.LOSE_ANSWER);
        Creation likely = build(1, ONE);
        assertEquals(ImageStatus.Ownership.LIKELY, likely.image().ownership());

        build(2, ONE);

        assertEquals(Reason.UNPROVEN, reason("web-1"));
        assertEquals(List.of("web-1", "web-2"), names());
    }

    @Test
    void theImageOfABuildThatIsKeptForeverStays() {
        use(TestCloud.TENCENT);
        rig.kept.add("job#1");
        build(1, ONE);
        build(2, ONE);
        assertEquals(Reason.KEPT_BUILD, reason("web-1"));
        assertEquals(List.of("web-1", "web-2"), names());

        rig.kept.clear();
        build(3, ONE);

        assertEquals(List.of("web-3"), names());
    }

    @Test
    void nothingGoesBecauseOfAnImageThatFailed() {
        use(TestCloud.TENCENT);
        build(1, ONE);
        rig.images().fail(true);

        Creation end = build(2, ONE);

        assertEquals(Outcome.FAILED, end.outcome());
        assertEquals(List.of(), end.tasks());
        assertEquals(0, rig.count("DeleteImages"));
    }

    @Test
    void aFailedImageIsNotAmongTheNewest() {
        use(TestCloud.TENCENT);
        build(1, TWO);
        rig.images().fail(true);
        build(2, TWO);
        rig.images().fail(false);

        build(3, TWO);

        assertEquals(List.of("web-1", "web-2", "web-3"), names());
    }

    @Test
    void aDryRunTellsWhatWouldGo() {
        use(TestCloud.TENCENT);
        build(1, null);

        Creation end = build(2, new Retention(1, null, true));

        assertEquals(Reason.RETIRE, reason("web-1"));
        assertEquals(State.DONE, task(end, Kind.RETIRE_OLDER).state());
        assertEquals(List.of("web-1", "web-2"), names());
        assertEquals(List.of(), List.copyOf(rig.retirements.values()));
    }

    @Test
    void anotherJobAndAnImageOfTheConsoleAreLeftAlone() {
        use(TestCloud.TENCENT);
        build("other", 1, ONE);
        rig.makeByHand(rig.cloud.request("web-0", INSTANCE));

        build(2, ONE);

        assertEquals(List.of("web-0", "web-1", "web-2"), names());
    }

    @Test
    void theAccountOfAnotherKeyIsLeftAlone() {
        use(TestCloud.TENCENT);
        build(1, ONE);
        AccessKey key = rig.account.key();
        RoleSession session = new RoleSession(
                null, 1, "another account", "another account", rig.clock.instant(), rig.clock.instant());
        rig.connector = creation -> rig.connection(key.of(session));

        build(2, ONE);

        assertEquals(List.of("web-1", "web-2"), names());
        rig.connector = creation -> rig.connection(key);
        build(3, ONE);
        assertEquals(List.of("web-2", "web-3"), names());
    }

    @Test
    void youngImagesStay() {
        use(TestCloud.TENCENT);
        Retention days = new Retention(1, 2, false);
        build(1, days);
        rig.time.pass(Duration.ofDays(1));
        build(2, days);
        assertEquals(Reason.YOUNG, reason("web-1"));
        rig.time.pass(Duration.ofHours(25));

        build(3, days);

        assertEquals(List.of("web-2", "web-3"), names());
    }

    @Test
    void whatIsUsedMeanwhileStays() {
        use(TestCloud.TENCENT);
        build(1, ONE);
        String image = id("web-1");
        // Between the plan and the deletion, which describes the image first.
        rig.onRequest = action -> {
            if (!rig.retirements.isEmpty()) {
                rig.account.instances().add("i-2").bootedFrom("i-2", image);
            }
        };

        build(2, ONE);

        assertEquals(Reason.RETIRE, reason("web-1"));
        assertEquals(List.of("web-1", "web-2"), names());
        assertEquals(0, rig.count("DeleteImages"));
        assertNull(rig.made.of("job").get(0).retired());
    }

    @Test
    void lostAnswersAndRefusalsAreRetried() {
        use(TestCloud.TENCENT);
        build(1, ONE);
        rig.failNext("DeleteImages", Fault.LOSE_ANSWER);
        rig.failNext("DescribeImageSharePermission", Fault.THROTTLED);
        rig.failNext("DescribeInstances", Fault.RESET_BEFORE);

        Creation end = build(2, ONE);

        assertEquals(State.DONE, task(end, Kind.RETIRE_OLDER).state());
        assertEquals(List.of("web-2"), names());
    }

    @Test
    void aFailedRetirementIsToldToAdministrators() {
        use(TestCloud.TENCENT);
        build(1, ONE);
        rig.onRequest = action -> {
            if (EngineRig.is(action, "DeleteImages")) {
                rig.server.faults().next(action, Fault.THROTTLED);
            }
        };

        Creation end = build(2, ONE);

        assertEquals(Outcome.READY, end.outcome());
        Creation stuck = rig.retirements.values().iterator().next();
        assertEquals(State.NEEDS_PERSON, task(stuck, Kind.DELETE_IMAGE).state());
        assertEquals(ErrorKind.THROTTLED, task(stuck, Kind.DELETE_IMAGE).error().kind());
        assertEquals(List.of("web-1", "web-2"), names());
    }

    @Test
    void aProcessThatDiesAtAnyCallRetiresInTheNextOne() {
        int calls = calls();
        assertTrue(calls > 5, "only " + calls + " calls");
        for (int call = 1; call <= calls; call++) {
            use(TestCloud.TENCENT, "at " + call);
            build(1, ONE);
            Creation second = plan("job", 2, ONE);
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

            assertEquals(List.of("web-2"), names(), "died at call " + call);
            assertNotNull(rig.made.of("job").get(0).retired(), "died at call " + call);
            rig.close();
        }
    }

    /** How many calls come after the end of the second build. */
    private int calls() {
        use(TestCloud.TENCENT, "count");
        build(1, ONE);
        Creation second = plan("job", 2, ONE);
        rig.run(second);
        rig.time.runUntil(() -> rig.saved(second).ended());
        int before = rig.server.calls().size();
        rig.time.pass(Duration.ofMinutes(10));
        int calls = rig.server.calls().size() - before;
        rig.close();
        return calls;
    }

    private void use(TestCloud cloud, String name) {
        rig = new EngineRig(folder.resolve(name), 1, cloud);
        rig.account.instances().add(INSTANCE);
    }

    @Test
    void inACopyNothingGoesUntilAnAdministratorReleasesIt() throws Exception {
        use(TestCloud.TENCENT);
        build(1, ONE);
        Path copy = Files.createDirectories(folder.resolve("copy").resolve("made"));
        try (Stream<Path> files = Files.list(folder.resolve("made"))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        rig.restart(folder.resolve("copy"));

        Creation end = build(2, ONE);

        assertEquals(State.NEEDS_PERSON, task(end, Kind.RETIRE_OLDER).state());
        assertEquals(SideEffect.NONE, task(end, Kind.RETIRE_OLDER).error().sideEffect());
        assertEquals(List.of("web-1", "web-2"), names());

        rig.made.release();
        rig.engine.administration().retry(end.key(), rig.predecessors::note);
        rig.time.pass(Duration.ofHours(1));
        assertEquals(List.of("web-2"), names());
    }

    @Test
    void oneBuildRetiresTwentyImages() {
        use(TestCloud.TENCENT);
        for (int number = 1; number <= 23; number++) {
            build(number, null);
        }

        build(24, ONE);

        assertEquals(List.of("web-21", "web-22", "web-23", "web-24"), names());
        assertEquals(Reason.LOOK, reason("web-21"));
        build(25, ONE);
        assertEquals(List.of("web-25"), names());
    }
}

package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Records that may be copies, and images that may be anybody's: an administrator decides on the page. */
@WithJenkins
class FencingTest {
    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;
    private FreeStyleBuild build;
    private String image;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("bake"));
        image = makeByHand();
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private String makeByHand() {
        FakeImage made = tencent.cloud
                .images()
                .create("web-1", tencent.simulated.request().instanceId());
        tencent.cloud.images().finish();
        return made.id();
    }

    private List<String> images() {
        return tencent.cloud.images().all().stream().map(FakeImage::id).toList();
    }

    private Creation record(Phase phase, ImageStatus status, List<String> candidates, CleanupTask task) {
        Creation planned = TestRecords.planned(build, tencent.simulated.request(), Instant.now());
        return TestRecords.ended(planned, phase, status, candidates, Outcome.ABORTED, List.of(task));
    }

    private Creation copied() throws Exception {
        Creation creation = record(
                Phase.CLEANING_UP,
                TestRecords.image(image, ImageStatus.Ownership.PROVEN),
                List.of(),
                new CleanupTask(CleanupTask.Kind.DELETE_IMAGE, CleanupTask.State.OPEN, null));
        TestRecords.saveCopied(creation);
        cleanUp();
        return creation;
    }

    private Creation unproven(String... candidates) throws Exception {
        Creation creation = record(
                Phase.DONE,
                null,
                List.of(candidates),
                new CleanupTask(CleanupTask.Kind.FIND_IMAGE, CleanupTask.State.NEEDS_PERSON, null));
        TestRecords.save(creation);
        cleanUp();
        return creation;
    }

    private static void cleanUp() throws Exception {
        ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
    }

    private static AttentionMonitor monitor() {
        return ExtensionList.lookupSingleton(AttentionMonitor.class);
    }

    private void post(String action) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.getPage(new WebRequest(browser.createCrumbedUrl("manage/cloud-images/" + action), HttpMethod.POST));
        }
    }

    private ImageEntry onBuildPage() {
        return build.getAction(CloudImageAction.class).getImages().get(0);
    }

    @Test
    void aCopiedRecordDeletesNothingUntilItIsReleased() throws Exception {
        copied();
        Thread.sleep(2000);
        assertEquals(0, tencent.server.count("DeleteImages"));
        assertEquals(1, monitor().getFenced());
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String page = browser.goTo("manage/cloud-images/").asNormalizedText();
            assertTrue(page.contains("On hold: this record may be a copy or come from a backup."), page);
            assertTrue(page.contains("Release all"), page);
        }

        post("releaseAll");

        assertFalse(monitor().isActivated());
        TencentFixture.await(() -> images().isEmpty());
        TencentFixture.await(
                Duration.ofMinutes(5), () -> CreationService.get().all().isEmpty());
        assertTrue(onBuildPage().isDeleted());
        assertTrue(new ImageCard(onBuildPage())
                .getOwnershipText()
                .startsWith("The image was deleted. The cloud no longer listed it at 20"));
    }

    @Test
    void anImageThatIsKeptStaysAndIsOnTheBuildsPage() throws Exception {
        Creation creation = copied();

        post("keep?key=" + creation.key());

        TencentFixture.await(() -> CreationService.get().all().isEmpty());
        assertEquals(List.of(image), images());
        assertEquals(0, tencent.server.count("DeleteImages"));
        assertEquals(image, onBuildPage().getId());
        assertEquals("aborted", onBuildPage().getState());
    }

    @Test
    void onlyTheCandidateThatIsNamedIsDeleted() throws Exception {
        String other = makeByHand();
        Creation creation = unproven(image, other);
        assertEquals(1, monitor().getStuck());
        String foreign = makeByHand();

        post("cleanUp?key=" + creation.key() + "&image=" + foreign);
        assertEquals(3, images().size());

        post("cleanUp?key=" + creation.key() + "&image=" + other);

        TencentFixture.await(() -> images().equals(List.of(image, foreign)));
        assertEquals(1, tencent.server.count("DeleteImages"));
    }

    @Test
    void theCandidateThatIsKeptIsTheBuilds() throws Exception {
        Creation creation = unproven(image, makeByHand());

        post("keep?key=" + creation.key() + "&image=" + image);

        TencentFixture.await(() -> CreationService.get().all().isEmpty());
        assertEquals(image, onBuildPage().getId());
        assertEquals("confirmed", onBuildPage().getOwnership());
        assertEquals(2, images().size());
    }

    @Test
    void aForgottenRecordLeavesTheCloudAlone() throws Exception {
        Creation creation = copied();

        post("forget?key=" + creation.key());

        assertEquals(List.of(), CreationService.get().all());
        assertEquals(List.of(image), images());
        assertFalse(monitor().isActivated());
    }

    /** As after a backup of the records alone was restored. */
    @Test
    void aRecordThatItsBuildContradictsIsHeldBack() throws Exception {
        Creation planned = TestRecords.planned(build, tencent.simulated.request(), Instant.now());
        ImageStatus status = TestRecords.image(image, ImageStatus.Ownership.PROVEN);
        Delivery.update(
                build,
                TestRecords.ended(planned, Phase.DONE, status, List.of(), Outcome.READY, List.of()),
                OutputSettings.DEFAULT,
                Instant.now(),
                TaskListener.NULL);
        TestRecords.save(TestRecords.at(planned, Phase.BUILDING, status));

        cleanUp();

        assertEquals(1, monitor().getFenced());
        TencentFixture.await(() ->
                CreationService.get().all().stream().allMatch(creation -> creation.outcome() == Outcome.ABANDONED));
        post("forget?key=" + planned.key());
        assertEquals(List.of(image), images());
        assertTrue(onBuildPage().isReady());
        assertEquals(image, onBuildPage().getId());
    }
}

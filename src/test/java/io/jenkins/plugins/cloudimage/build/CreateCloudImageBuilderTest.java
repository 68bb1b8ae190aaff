package io.jenkins.plugins.cloudimage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The freestyle step in a real Jenkins against the fake cloud. */
@WithJenkins
class CreateCloudImageBuilderTest {
    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static CreateCloudImageBuilder builder(String imageName) {
        TencentCloudSettings cloud = new TencentCloudSettings("ap-guangzhou");
        cloud.setEndpoint("simulator");
        cloud.setInstanceId("ins-6pb6lrmy");
        return new CreateCloudImageBuilder(cloud, "tencent", imageName);
    }

    @Test
    void variablesAreExpandedAndTheNextStepSeesTheId() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("bake");
        CreateCloudImageBuilder builder = builder("web-${BUILD_NUMBER}");
        builder.setDescription("of ${JOB_NAME}");
        ((TencentCloudSettings) builder.getCloud()).setDataDiskIds(List.of("disk-${BUILD_NUMBER}, disk-9"));
        builder.setVariable("BAKED");
        job.getBuildersList().add(builder);
        job.getBuildersList().add(new Shell("echo deploying \"$BAKED\""));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        FakeImage image = tencent.cloud.images().all().get(0);
        assertEquals("web-1", image.name());
        String description =
                tencent.cloud.creates().get(0).path("ImageDescription").asText();
        assertTrue(description.matches("of bake-ci-[a-z2-7]{16}"), description);
        assertEquals(
                "[\"disk-1\",\"disk-9\"]",
                tencent.cloud.creates().get(0).path("DataDiskIds").toString());
        jenkins.assertLogContains("deploying " + image.id(), build);
        assertTrue(
                build.getArtifactManager().root().child(ImageManifest.FILE_NAME).exists());
    }

    @Test
    void theBuildPageShowsTheId() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("bake");
        job.getBuildersList().add(builder("web-1"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        String id = tencent.cloud.images().all().get(0).id();

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(build);
            String text = page.asNormalizedText();
            assertTrue(text.contains("web-1") && text.contains("Ready"), text);
            assertTrue(text.contains(id), text);
            assertEquals(1, page.getByXPath("//button[@text='" + id + "']").size(), "a button that copies the id");
            String json = browser.goTo(build.getUrl() + "api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(json.contains("\"id\":\"" + id + "\""), json);
        }
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TencentCloudSettings cloud = new TencentCloudSettings("xx-newregion");
        cloud.setEndpoint("simulator");
        cloud.setInstanceId("ins-1");
        cloud.setDataDiskIds(List.of("disk-1", "disk-2"));
        cloud.setSnapshotIds(List.of("snap-1", "snap-2"));
        cloud.setForcePoweroff(true);
        cloud.setSysprep(true);
        CreateCloudImageBuilder before = new CreateCloudImageBuilder(cloud, "tencent", "web-${BUILD_NUMBER}");
        before.setDescription("nightly");
        before.setVariable("BAKED");
        before.setTimeoutMinutes(45);
        before.setManifestFormat("packer");
        before.setDryRun(true);
        job.getBuildersList().add(before);

        jenkins.configRoundtrip(job);

        CreateCloudImageBuilder after = job.getBuildersList().get(CreateCloudImageBuilder.class);
        jenkins.assertEqualDataBoundBeans(before, after);
        assertEquals(List.of("disk-1", "disk-2"), ((TencentCloudSettings) after.getCloud()).getDataDiskIds());
    }

    @Test
    void defaultsSurviveTheForm() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CreateCloudImageBuilder before = builder("web-1");
        job.getBuildersList().add(before);

        jenkins.configRoundtrip(job);

        CreateCloudImageBuilder after = job.getBuildersList().get(CreateCloudImageBuilder.class);
        jenkins.assertEqualDataBoundBeans(before, after);
        assertEquals("CLOUD_IMAGE_ID", after.getVariable());
        assertNull(after.getTimeoutMinutes());
    }

    @Test
    void anAbortEndsTheBuildAndTellsTheImage() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder("web-1"));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", build);

        build.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(build));
        TencentFixture.await(() -> build.getAction(CloudImageAction.class)
                .getImages()
                .get(0)
                .getState()
                .equals("aborted"));
    }
}

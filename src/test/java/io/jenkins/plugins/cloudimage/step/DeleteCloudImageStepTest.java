package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.build.DeleteCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.DeletedImage;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps that delete an image, in a real Jenkins against the fake cloud. */
@WithJenkins
class DeleteCloudImageStepTest {
    private static final String ACCOUNT = "100012345678";

    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
        tencent.cloud.images().take(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static String delete(String arguments) {
        return "deleteCloudImage(credentialsId: 'tencent', cloud: tencentCloud(region: 'ap-guangzhou',"
                + " endpoint: 'simulator'), " + arguments + ")";
    }

    private static DeleteCloudImageBuilder builder(String imageId) {
        TencentCloudSettings cloud = new TencentCloudSettings("ap-guangzhou");
        cloud.setEndpoint("simulator");
        return new DeleteCloudImageBuilder(cloud, "tencent", imageId);
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowRun run = job(script).scheduleBuild2(0).waitForStart();
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
    }

    private List<String> images() {
        return tencent.cloud.images().all().stream().map(FakeImage::id).toList();
    }

    private String bake(String job) throws Exception {
        FreeStyleProject bake = jenkins.createFreeStyleProject(job);
        bake.getBuildersList().add(new CreateCloudImageBuilder(tencent.settings(), "tencent", "web-1"));
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(bake);
        return build.getAction(CloudImageAction.class).getImages().get(0).getId();
    }

    /** An image is gone when every listing over two minutes lacks it, so both steps wait at the same time. */
    @Test
    void bothStepsDeleteImagesThatThisJenkinsMade() throws Exception {
        String baked = bake("bake");
        tencent.cloud.shares().share(baked, List.of(ACCOUNT));
        FreeStyleProject retire = jenkins.createFreeStyleProject("retire");
        DeleteCloudImageBuilder step = builder("${IMAGE}");
        step.setJob("/bake");

        retire.getBuildersList().add(step);
        FreeStyleBuild freestyle = retire.scheduleBuild2(
                        0,
                        new hudson.model.ParametersAction(
                                List.of(new hudson.model.StringParameterValue("IMAGE", baked)), List.of("IMAGE")))
                .waitForStart();
        WorkflowRun pipeline = job("def image = " + TencentFixture.step("imageName: 'web-2'") + "\n"
                        + delete("imageId: image") + "\necho \"deleted ${image.id}\"")
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("may be deleted", freestyle);
        jenkins.waitForMessage("may be deleted", pipeline);
        assertWaitIsShown(baked, pipeline);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(pipeline));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(freestyle));

        assertEquals(List.of(), images());
        assertEquals(List.of(), tencent.cloud.shares().of(baked));
        jenkins.assertLogContains("the build bake#1 made it", freestyle);
        jenkins.assertLogContains(baked + ": gone after", freestyle);
        jenkins.assertLogContains("deleted img-", pipeline);
        DeletedImage deleted =
                freestyle.getAction(CloudImageAction.class).getDeletions().get(0);
        assertEquals("deleted", deleted.getState());
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String text = browser.goTo(freestyle.getUrl() + "cloud-images/").asNormalizedText();
            assertTrue(text.contains("Deleted") && text.contains(baked) && text.contains("bake#1"), text);
            String json = browser.goTo(freestyle.getUrl() + "cloud-images/api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(json.contains("\"deletions\":[{") && json.contains("\"state\":\"deleted\""), json);
        }
        assertFalse(freestyle
                .getArtifactsDir()
                .toPath()
                .resolve("cloud-image.json")
                .toFile()
                .exists());
        TencentFixture.await(() -> CreationService.get().all().isEmpty());
    }

    private void assertWaitIsShown(String baked, WorkflowRun pipeline) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String records = browser.goTo("manage/cloud-images/").asNormalizedText();
            assertTrue(records.contains("To be deleted") && records.contains(baked), records);
            String api = browser.goTo("manage/cloud-images/api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(api.contains("\"deletion\":true"), api);
            String page = browser.goTo(pipeline.getUrl() + "cloud-images/").asNormalizedText();
            assertTrue(page.contains("Being deleted") || page.contains("Cleaning up"), page);
        }
    }

    @Test
    void whatMustNotBeDeletedStays() throws Exception {
        String baked = bake("bake");
        String byHand = tencent.cloud.images().create("web-2", "ins-6pb6lrmy").id();
        String received = tencent.cloud.images().receive("web-3").id();
        tencent.cloud.instances().bootedFrom("ins-6pb6lrmy", baked);
        String ours = "imageId: '" + baked + "', job: 'bake'";

        WorkflowRun used = run(Result.FAILURE, delete(ours));
        jenkins.assertLogContains("is used by the instances ins-6pb6lrmy", used);
        DeletedImage told =
                used.getAction(CloudImageAction.class).getDeletions().get(0);
        assertEquals("failed", told.getState());
        assertEquals("INVALID_REQUEST", told.getErrorKind());
        int calls = tencent.server.calls().size();
        for (Map.Entry<String, String> mistake : Map.of(
                        delete("imageId: '" + baked + "'"),
                        "Nothing proves that this Jenkins made the image " + baked,
                        delete("imageId: '" + byHand + "', job: 'bake'"),
                        "Nothing proves that this Jenkins made the image " + byHand,
                        delete("imageId: ''"),
                        "imageId is missing",
                        delete("imageId: 'img-${X}'"),
                        "is no id of an image",
                        delete("imageId: 'img-1', job: 'nowhere'"),
                        "There is no job \"nowhere\"",
                        "deleteCloudImage(credentialsId: 'x', imageId: 'img-1')",
                        "cloud is missing",
                        "deleteCloudImage(credentialsId: 'x', imageId: 'm-1', force: true, cloud: alibabaEns())",
                        "never deletes an image that instances use",
                        delete("imageId: 'img-1', force: 'maybe'"),
                        "force")
                .entrySet()) {
            jenkins.assertLogContains(mistake.getValue(), run(Result.FAILURE, mistake.getKey()));
        }
        assertEquals(calls, tencent.server.calls().size());
        jenkins.assertLogContains(
                "does not belong to the account",
                run(Result.FAILURE, delete("imageId: '" + received + "', notOurs: true, force: true")));
        jenkins.assertLogContains(
                "kind NOT_FOUND",
                run(
                        Result.SUCCESS,
                        "try { " + delete("imageId: 'img-unknown', notOurs: true")
                                + " } catch (e) { echo \"kind ${e.kind}\" }"));
        anAbortLeavesTheImage(byHand);
        assertEquals(List.of(baked, byHand, received), images());
        assertEquals(0, tencent.server.count("DeleteImages"));
    }

    private void anAbortLeavesTheImage(String image) throws Exception {
        for (int i = 0; i < 20; i++) {
            tencent.server.faults().next("DescribeInstances", Fault.THROTTLED);
        }
        WorkflowRun run = job(delete("imageId: '" + image + "', notOurs: true"))
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("waiting before a retry", run);
        long begun = System.nanoTime();

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 10);
    }
}

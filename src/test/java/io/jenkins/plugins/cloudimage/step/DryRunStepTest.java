package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A dry run of a step, in a pipeline and in a freestyle job. */
@WithJenkins
class DryRunStepTest {
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

    private WorkflowRun run(Result result, String options) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(TencentFixture.step(options), true));
        return jenkins.assertBuildStatus(
                result, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private String get(WorkflowRun run, String page) throws Exception {
        return jenkins.createWebClient()
                .goTo(run.getUrl() + page, null)
                .getWebResponse()
                .getContentAsString();
    }

    @Test
    void thePipelineShowsWhatIsProvenAndWhatIsNot() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "imageName: 'web-1', dryRun: true, shareWith: ['100012345678']");

        jenkins.assertLogContains("web-1: the dry run passed; no image was created", run);
        jenkins.assertLogContains(
                "web-1: check [passed] Key and image name: No image is named \"web-1\" in ap-guangzhou", run);
        jenkins.assertLogContains("web-1: check [passed] Instance: The instance ins-6pb6lrmy is running", run);
        jenkins.assertLogContains("web-1: check [passed] Create call: The cloud accepts the create call", run);
        jenkins.assertLogContains("web-1: check [not checked] Other calls: ", run);
        assertEquals(List.of(), tencent.cloud.images().all());
        assertFalse(run.getArtifactManager().root().child("cloud-image.json").exists());
        assertTrue(get(run, "cloud-images/").contains("The instance ins-6pb6lrmy is running"));
        String json = get(run, "cloud-images/api/json");
        assertTrue(json.contains("\"subject\":\"create_call\",\"verdict\":\"passed\""), json);
    }

    @Test
    void aFreestyleJobThatAsksItsCloudForADryRunKeepsItInTheForm() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TencentCloudSettings settings = new TencentCloudSettings("ap-guangzhou");
        settings.setEndpoint("simulator");
        settings.setInstanceId("ins-none");
        settings.setDryRun(true);
        job.getBuildersList().add(new CreateCloudImageBuilder(settings, "tencent", "web-1"));
        jenkins.configRoundtrip(job);
        assertTrue(job.getBuildersList().get(CreateCloudImageBuilder.class).isDryRun());

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

        jenkins.assertLogContains("web-1: check [failed] Instance: ", build);
        jenkins.assertLogContains("ins-none", build);
        assertEquals(List.of(), tencent.cloud.images().all());
    }
}

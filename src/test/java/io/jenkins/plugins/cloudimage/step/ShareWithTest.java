package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.JdCloudSettings;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Images that a step shares with other accounts, in a pipeline and in a freestyle job. */
@WithJenkins
class ShareWithTest {
    private static final String ONE = "100012345678";
    private static final String TWO = "100012345679";

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

    private String imageId() {
        return tencent.cloud.images().all().get(0).id();
    }

    private List<String> shares() {
        return tencent.cloud.shares().of(imageId()).stream().sorted().toList();
    }

    private String get(WorkflowRun run, String page) throws Exception {
        return jenkins.createWebClient()
                .goTo(run.getUrl() + page, null)
                .getWebResponse()
                .getContentAsString();
    }

    @Test
    void aPipelineSharesItsImageAndShowsTheAccounts() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "imageName: 'web-1', shareWith: ['" + ONE + "', '" + TWO + "']");

        assertEquals(List.of(ONE, TWO), shares());
        jenkins.assertLogContains("is being shared", run);
        assertTrue(get(run, "cloud-images/").contains(ONE + ", " + TWO));
        assertTrue(get(run, "cloud-images/api/json").contains("\"sharedWith\":[\"" + ONE + "\",\"" + TWO + "\"]"));
        assertTrue(get(run, "artifact/cloud-image.json")
                .contains("\"sharedWith\" : [ \"" + ONE + "\", \"" + TWO + "\" ]"));
    }

    @Test
    void aRefusedAccountFailsTheStepAndTheImageStays() throws Exception {
        tencent.cloud.shares().close(ONE);

        WorkflowRun run = run(
                Result.FAILURE,
                "imageName: 'web-1', onIncomplete: 'delete', shareWith: ['" + ONE + "', '" + TWO + "']");

        jenkins.assertLogContains(
                "The image " + imageId() + " is ready, but the cloud does not share it with " + ONE, run);
        assertEquals(List.of(TWO), shares());
        String manifest = get(run, "artifact/cloud-image.json");
        assertTrue(manifest.contains(imageId()) && manifest.contains("\"sharedWith\" : [ \"" + TWO + "\" ]"), manifest);
    }

    @Test
    void accountsAreCheckedBeforeAnythingIsSent() throws Exception {
        WorkflowRun run =
                run(Result.FAILURE, "imageName: 'web-1', shareWith: ['1000-2', '" + ONE + "', '" + ONE + "']");

        jenkins.assertLogContains("shareWith contains \"1000-2\", which is not an account id", run);
        jenkins.assertLogContains("shareWith contains the same id twice", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aFreestyleJobTakesLinesCommasAndVariables() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("OTHER", TWO)));
        job.getBuildersList().add(builder(List.of(ONE + "\n${OTHER}")));
        jenkins.configRoundtrip(job);
        CreateCloudImageBuilder saved = job.getBuildersList().get(CreateCloudImageBuilder.class);
        assertEquals(List.of(ONE, "${OTHER}"), saved.getShareWith());

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertFalse(build.isBuilding());
        assertEquals(List.of(ONE, TWO), shares());
    }

    private static CreateCloudImageBuilder builder(List<String> accounts) {
        CreateCloudImageBuilder builder = new CreateCloudImageBuilder(settings(), "tencent", "web-1");
        builder.setShareWith(accounts);
        return builder;
    }

    private static TencentCloudSettings settings() {
        TencentCloudSettings settings = new TencentCloudSettings("ap-guangzhou");
        settings.setEndpoint("simulator");
        settings.setInstanceId("ins-6pb6lrmy");
        return settings;
    }

    @Test
    void theSnippetIsAList() throws Exception {
        CreateCloudImageStep step = new CreateCloudImageStep(new JdCloudSettings("cn-north-1"), "jd-prod", "web");
        step.setShareWith(List.of("team-a, team-b"));

        String snippet = Snippetizer.object2Groovy(step);
        assertTrue(snippet.contains("shareWith: ['team-a', 'team-b']"), snippet);
    }

    @Test
    void theFormChecksTheAccountsByTheRulesOfTheChosenCloud() {
        CreateCloudImageBuilder.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(CreateCloudImageBuilder.DescriptorImpl.class);

        assertEquals(FormValidation.Kind.OK, form.doCheckShareWith(ONE + ", " + TWO, "tencentCloud").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckShareWith("", "tencentCloud").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckShareWith("team-a", "tencentCloud").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckShareWith("team-a", "jdCloud").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckShareWith("13812345678", "jdCloud").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckShareWith("${ACCOUNTS}", "tencentCloud").kind);
    }
}

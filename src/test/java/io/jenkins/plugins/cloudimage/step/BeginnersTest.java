package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is easily mistyped gets one sentence that says what to type, and nothing is sent. */
@WithJenkins
class BeginnersTest {
    private static final String CLOUD = "cloud: tencentCloud(region: 'ap-guangzhou', instanceId: 'ins-6pb6lrmy')";

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

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    private void assertRefused(String sentence, String script) throws Exception {
        WorkflowRun run = run(Result.FAILURE, script);

        jenkins.assertLogContains("ERROR: " + sentence, run);
        jenkins.assertLogNotContains("\tat ", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aMissingCredential() throws Exception {
        assertRefused(
                "credentialsId is missing: give the id of the credential with the access key",
                "createCloudImage(imageName: 'web-1', " + CLOUD + ")");
    }

    @Test
    void aMissingCloud() throws Exception {
        assertRefused(
                "cloud is missing: give where the image is made, for example tencentCloud(",
                "createCloudImage(imageName: 'web-1', credentialsId: 'tencent')");
    }

    @Test
    void nothingAtAll() throws Exception {
        assertRefused("cloud is missing", "createCloudImage()");
    }

    @Test
    void aTimeoutOfNoTimeAtAll() throws Exception {
        assertRefused(
                "timeoutMinutes is 0; it takes 1 or more", TencentFixture.step("imageName: 'w', timeoutMinutes: 0"));
        assertRefused(
                "timeoutMinutes is -1; it takes 1 or more", TencentFixture.step("imageName: 'w', timeoutMinutes: -1"));
    }

    @Test
    void aFlagThatIsNeitherTrueNorFalse() throws Exception {
        WorkflowRun step = run(Result.FAILURE, TencentFixture.step("imageName: 'w', stopInstance: 'yes'"));
        WorkflowRun cloud = run(Result.FAILURE, TencentFixture.STEP.replace("region:", "dryRun: 'ja', region:"));

        jenkins.assertLogContains("stopInstance is \"yes\"; it takes true or false", step);
        jenkins.assertLogContains("dryRun is \"ja\"; it takes true or false", cloud);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aFlagFromAParameterIsAText() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "def yes = 'True'; " + TencentFixture.STEP.replace("region:", "dryRun: \"${yes}\", region:"));

        jenkins.assertLogContains("the dry run passed", run);
    }

    @Test
    void aVariableInSingleQuotes() throws Exception {
        assertRefused(
                "imageName \"web-${BUILD_NUMBER}\" has a variable that was not replaced: "
                        + "in a Jenkinsfile write the name in double quotes",
                TencentFixture.step("imageName: 'web-${BUILD_NUMBER}'"));
    }

    @Test
    void aVariableThatDoesNotExist() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, TencentFixture.step("imageName: \"web-${env.NOPE}\""));

        jenkins.assertLogContains("Cloud image web-null: WARNING: the name contains \"null\"", run);
    }
}

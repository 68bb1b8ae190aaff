package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.TencentFixture;
import java.net.HttpURLConnection;
import java.time.Duration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators see of the ledger, and nobody else does. */
@WithJenkins
class CreationsPageTest {
    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    @Test
    void administratorsSeeWhatIsUnderWayAndNobodyElseDoes(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(TencentFixture.step("imageName: '<b>web</b>'"), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.login("admin");
            String page = browser.goTo("manage/cloud-images/").asNormalizedText();
            assertTrue(page.contains("bake#1"), page);
            assertTrue(page.contains("<b>web</b>"), page);
            assertTrue(page.contains("BUILDING"), page);
            assertEquals(
                    HttpURLConnection.HTTP_NOT_FOUND,
                    browser.goTo("manage/cloud-images/forget?key=x", null)
                            .getWebResponse()
                            .getStatusCode());
            browser.login("reader");
            assertEquals(
                    HttpURLConnection.HTTP_FORBIDDEN,
                    browser.goTo("manage/cloud-images/", null).getWebResponse().getStatusCode());
        }
        run.doStop();
        jenkins.waitForCompletion(run);
    }
}

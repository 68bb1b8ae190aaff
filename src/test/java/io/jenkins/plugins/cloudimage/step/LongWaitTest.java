package io.jenkins.plugins.cloudimage.step;

import io.jenkins.plugins.cloudimage.TencentFixture;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class LongWaitTest {
    /** Jenkins measures the silence on its own clock, so this takes a minute. */
    @Test
    void anActivityTimeoutHearsThatTheImageIsStillWaitedFor(JenkinsRule jenkins) throws Exception {
        try (TencentFixture tencent = new TencentFixture()) {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    "timeout(time: 60, unit: 'SECONDS', activity: true) { "
                            + TencentFixture.step("imageName: \"web-${env.BUILD_NUMBER}\"") + " }",
                    true));
            jenkins.buildAndAssertSuccess(job);
            tencent.cloud.images().take(Duration.ofSeconds(75));

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("still waiting after 30 sec: img-", run);
            jenkins.assertLogContains("Images of this instance usually take ", run);
        }
    }
}

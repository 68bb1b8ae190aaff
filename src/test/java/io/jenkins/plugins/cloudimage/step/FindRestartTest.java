package io.jenkins.plugins.cloudimage.step;

import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts while an image is looked for. */
class FindRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    @Test
    void theSearchBeginsAgainAfterARestart() throws Throwable {
        tencent.cloud.images().take(Duration.ZERO);
        String id = tencent.cloud.images().create("web-1", "ins-6pb6lrmy").id();
        for (int i = 0; i < 4; i++) {
            tencent.server.faults().next("DescribeImages", Fault.THROTTLED);
        }
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
            job.setDefinition(new CpsFlowDefinition(
                    "echo \"got ${findCloudImage(credentialsId: 'tencent', namePrefix: 'web-', cloud: tencentCloud("
                            + "region: 'ap-guangzhou', endpoint: 'simulator'))} ${env.CLOUD_IMAGE_ID}\"",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("The search is tried again in", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("got " + id + " " + id, run);
        });
    }
}

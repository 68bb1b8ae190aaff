package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts while an image is being deleted. */
class DeleteRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    /** The deletion is refused in one process; in the next one, an instance has come to use the image. */
    @Test
    void theDeletionGoesOnAfterARestartAndLooksAgain() throws Throwable {
        tencent.cloud.images().take(Duration.ZERO);
        String id = tencent.cloud.images().create("web-1", "ins-6pb6lrmy").id();
        for (int i = 0; i < 6; i++) {
            tencent.server.faults().next("DeleteImages", Fault.THROTTLED);
        }
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "retire");
            job.setDefinition(new CpsFlowDefinition(
                    "deleteCloudImage(credentialsId: 'tencent', imageId: '" + id + "', notOurs: true,"
                            + " cloud: tencentCloud(region: 'ap-guangzhou', endpoint: 'simulator'))",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("waiting before a retry", run);
        });
        tencent.cloud.instances().bootedFrom("ins-6pb6lrmy", id);
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("retire", WorkflowJob.class)
                    .getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("is used by the instances ins-6pb6lrmy", run);
            assertEquals(1, run.getAction(CloudImageAction.class).getDeletions().size());
            assertTrue(tencent.cloud.images().all().stream()
                    .anyMatch(image -> image.id().equals(id)));
        });
    }
}

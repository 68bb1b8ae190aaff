package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class CleanUpTest {
    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    /** The clean-up reads all records at once and gets to this one when its build has ended. */
    @Test
    void aBuildThatEndsWhileTheCleanUpIsAtWorkKeepsItsImage(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(
                new CpsFlowDefinition(TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'"), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);
        CreationService service = CreationService.get();
        List<Creation> found = service.all();
        assertEquals(1, found.size());
        tencent.cloud.images().finish();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        found.forEach(creation -> service.cleanUp(creation.key()));

        TencentFixture.await(() -> service.all().isEmpty());
        assertEquals(1, tencent.cloud.images().all().size());
        assertEquals(0, tencent.server.count("DeleteImages"));
    }
}

package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The artifact of an image cannot be written when the image is ready. */
class RepeatedDeliveryTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();
    private Path artifacts;

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static void cleanUp() {
        ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
    }

    @Test
    void theRecordIsKeptAndTheArtifactIsWrittenAfterARestart() throws Throwable {
        tencent.cloud.images().take(Duration.ofHours(1));
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
            job.setDefinition(new CpsFlowDefinition(TencentFixture.STEP, true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("is being made as", run);
            artifacts = Files.writeString(run.getArtifactsDir().toPath(), "no folder");
            tencent.cloud.images().finish();

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

            jenkins.assertLogContains("could not be brought up to date", run);
            cleanUp();
            assertEquals(1, CreationService.get().all().size());
        });
        sessions.then(jenkins -> {
            cleanUp();
            assertEquals(1, CreationService.get().all().size());
            Files.delete(artifacts);

            cleanUp();

            TencentFixture.await(() -> CreationService.get().all().isEmpty());
            assertTrue(Files.exists(artifacts.resolve(ImageManifest.FILE_NAME)));
        });
    }
}

package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Executor;
import hudson.model.Result;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.run.CreationService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts while the image is made; the cloud does not. */
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    @Test
    void aWaitSurvivesARestart() throws Throwable {
        tencent.cloud.images().take(Duration.ofSeconds(5));
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
            job.setDefinition(
                    new CpsFlowDefinition("echo \"got ${" + TencentFixture.STEP + "} ${env.CLOUD_IMAGE_ID}\"", true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("is being made as", run);
        });
        String id = tencent.cloud.images().all().get(0).id();
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("bake", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("got " + id + " " + id, run);
        });
        assertEquals(1, tencent.server.count("CreateImage"));
        assertEquals(1, tencent.cloud.images().all().size());
    }

    /** Holds all threads on which steps are resumed, those that replace threads that hang too, from before any pipeline is loaded until a test lets go. */
    @TestExtension("anAbortBeforeTheStepIsBackInTheEngineIsCarriedOut")
    public static final class BusyWorkers extends ItemListener {
        private static volatile CountDownLatch hold = new CountDownLatch(0);

        @Override
        public void onLoaded() {
            CountDownLatch latch = hold;
            for (int i = 0; i < 32; i++) {
                CreationService.get().workers().execute(() -> {
                    try {
                        latch.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
            }
        }
    }

    @Test
    void anAbortBeforeTheStepIsBackInTheEngineIsCarriedOut() throws Throwable {
        tencent.cloud.images().take(Duration.ofHours(1));
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
            job.setDefinition(
                    new CpsFlowDefinition(TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'"), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("is being made as", run);
            BusyWorkers.hold = new CountDownLatch(1);
        });
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("bake", WorkflowJob.class).getBuildByNumber(1);
            TencentFixture.await(() -> run.getExecution() != null
                    && run.getExecution().getCurrentExecutions(true).get().size() == 1);
            // Without its executor, which comes a moment later, the build would be killed instead of aborted.
            TencentFixture.await(() -> {
                Executor executor = run.getOneOffExecutor();
                return executor != null && executor.getAsynchronousExecution() != null;
            });

            run.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            BusyWorkers.hold.countDown();
            TencentFixture.await(() ->
                    CreationService.get().all().stream().allMatch(creation -> creation.outcome() == Outcome.ABORTED));
            tencent.cloud.images().finish();
            TencentFixture.await(() -> tencent.cloud.images().all().isEmpty());
        });
        assertEquals(1, tencent.server.count("CreateImage"));
    }
}

package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.run.CleanUp;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a step does beside making the image, and how it ends with the steps around it. */
@WithJenkins
class StepOptionsTest {
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

    private WorkflowRun start(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(start(script)));
    }

    private List<String> names() {
        return tencent.cloud.images().all().stream().map(FakeImage::name).toList();
    }

    @Test
    void theInstanceIsStoppedForItsImageAndStartedAgain() throws Exception {
        run(Result.SUCCESS, TencentFixture.step("imageName: 'web-1', stopInstance: true, startAfterwards: true"));

        assertEquals(1, tencent.server.count("StopInstances"));
        assertEquals(List.of("web-1"), names());
        // The image is told at once; the instance starts behind the build's back.
        TencentFixture.await(() -> tencent.server.count("StartInstances") == 1);
    }

    @Test
    void anAbortStartsTheInstanceAndDeletesTheImage() throws Exception {
        tencent.cloud.images().take(Duration.ofSeconds(3));
        WorkflowRun run = start(TencentFixture.step(
                "imageName: 'web-1', stopInstance: true, startAfterwards: true, onIncomplete: 'delete'"));
        jenkins.waitForMessage("is being made as", run);

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        TencentFixture.await(() -> names().isEmpty() && tencent.server.count("StartInstances") == 1);
    }

    @Test
    void theTimeoutStepAbortsAndTheImageIsDeleted() throws Exception {
        tencent.cloud.images().take(Duration.ofSeconds(6));

        run(
                Result.ABORTED,
                "timeout(time: 3, unit: 'SECONDS') { "
                        + TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'") + " }");

        TencentFixture.await(() -> tencent.server.count("CreateImage") == 1 && names().isEmpty());
    }

    @Test
    void aRetryAfterAFailedImageFindsTheNameFree() throws Exception {
        tencent.cloud.images().fail(true);
        WorkflowRun run = start("""
                int tries = 0
                retry(3) {
                  tries++
                  if (tries > 1) { sleep 5 }
                  %s
                }""".formatted(TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'")));
        TencentFixture.await(() -> tencent.server.count("CreateImage") == 1);
        TencentFixture.await(() -> names().isEmpty());
        tencent.cloud.images().fail(false);

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertEquals(List.of("web-1"), names());
    }

    @Test
    void aTakenNameFailsIsReusedOrGetsANumber() throws Exception {
        run(Result.SUCCESS, TencentFixture.STEP);
        WorkflowRun failed = run(Result.FAILURE, TencentFixture.STEP);
        jenkins.assertLogContains("An image named \"web-1\" exists", failed);

        WorkflowRun reused = run(
                Result.SUCCESS,
                "echo \"got ${" + TencentFixture.step("imageName: 'web-1', ifNameExists: 'reuse'") + "}\"");
        jenkins.assertLogContains("got " + tencent.cloud.images().all().get(0).id(), reused);

        WorkflowRun numbered = run(
                Result.SUCCESS,
                "echo \"named ${" + TencentFixture.step("imageName: 'web-1', ifNameExists: 'suffix'") + ".name}\"");
        jenkins.assertLogContains("named web-1-2", numbered);
        assertEquals(List.of("web-1", "web-1-2"), names());
    }

    @Test
    void aChoiceThatDoesNotExistIsRefusedBeforeAnythingIsSent() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                TencentFixture.step("imageName: 'web-1', onIncomplete: 'maybe', startAfterwards: true"));

        jenkins.assertLogContains("onIncomplete is \"maybe\"; it can be keep or delete", run);
        jenkins.assertLogContains("startAfterwards can be given only together with stopInstance", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aWaitDoesNotHoldUpASafeRestart() throws Exception {
        tencent.cloud.images().take(Duration.ofSeconds(8));
        WorkflowRun run = start(TencentFixture.STEP);
        jenkins.waitForMessage("is being made as", run);

        jenkins.jenkins.doQuietDown();

        assertEquals(false, run.getExecution().blocksRestart());
        jenkins.jenkins.doCancelQuietDown();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    /** A controller that prepares to go down pauses pipelines; the image is made all the same. */
    @Test
    void aQuietControllerGoesOnWaitingAndDeliversAfterwards() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowRun run = start("echo \"got ${" + TencentFixture.STEP + "}\"");
        jenkins.waitForMessage("is being made as", run);
        jenkins.jenkins.doQuietDown();
        long polls = tencent.server.count("DescribeImages");
        TencentFixture.await(() -> tencent.server.count("DescribeImages") > polls);

        tencent.cloud.images().finish();

        jenkins.waitForMessage("is ready", run);
        assertTrue(run.isBuilding());
        jenkins.jenkins.doCancelQuietDown();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("got img-", run);
    }

    @Test
    void aJobMayBeRenamedWhileItsImageIsMade() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowRun run = start("echo \"got ${" + TencentFixture.STEP + "}\"");
        jenkins.waitForMessage("is being made as", run);

        run.getParent().renameTo("renamed");
        TencentFixture.await(
                () -> CreationService.get().all().get(0).build().build().equals("renamed#1"));
        ExtensionList.lookupSingleton(CleanUp.class).doRun();
        tencent.cloud.images().finish();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("got img-", run);
    }

    @Test
    void whatADeletedBuildLeftIsCleanedUp() throws Exception {
        tencent.cloud.images().take(Duration.ofSeconds(5));
        WorkflowRun run = start(TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'"));
        jenkins.waitForMessage("is being made as", run);
        run.doStop();
        jenkins.waitForCompletion(run);

        run.delete();

        ExtensionList.lookupSingleton(CleanUp.class).doRun();
        // An image counts as gone when every listing of some minutes lacks it.
        TencentFixture.await(
                Duration.ofMinutes(5),
                () -> names().isEmpty() && CreationService.get().all().isEmpty());
    }
}

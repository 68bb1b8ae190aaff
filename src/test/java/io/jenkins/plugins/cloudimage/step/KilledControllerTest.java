package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.run.CleanUp;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.flow.GlobalDefaultFlowDurabilityLevel;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller in a process of its own is killed without warning, and started again. The cloud lives on in ours. */
class KilledControllerTest {
    private static final int PIPELINES = 50;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(30 * 60);

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private void start(String script) throws Throwable {
        start(script, FlowDurabilityHint.MAX_SURVIVABILITY);
    }

    private void start(String script, FlowDurabilityHint durability) throws Throwable {
        String endpoint = tencent.server.endpoint().toString();
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            TencentFixture.connectTo(endpoint);
            ExtensionList.lookupSingleton(GlobalDefaultFlowDurabilityLevel.DescriptorImpl.class)
                    .setDurabilityHint(durability);
            for (int i = 0; i < PIPELINES; i++) {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake-" + i);
                job.setDefinition(new CpsFlowDefinition(script.replace("NAME", "web-" + i), true));
                job.scheduleBuild2(0);
            }
        });
    }

    private void killAfter(int creates) throws Throwable {
        TencentFixture.await(LONGEST, () -> tencent.server.count("CreateImage") >= creates);
        controller.stopJenkinsForcibly();
        controller.startJenkins();
    }

    private List<String> names() {
        return tencent.cloud.images().all().stream().map(FakeImage::name).toList();
    }

    private void assertOneImageForEachPipeline() {
        assertEquals(PIPELINES, names().size());
        assertEquals(PIPELINES, new HashSet<>(names()).size());
    }

    private static WorkflowRun build(JenkinsRule jenkins, int number) throws Exception {
        return jenkins.waitForCompletion(job(jenkins, number).getBuildByNumber(1));
    }

    private static WorkflowJob job(JenkinsRule jenkins, int number) {
        return jenkins.jenkins.getItemByFullName("bake-" + number, WorkflowJob.class);
    }

    @Test
    void everyPipelineGoesOnWithItsOneImage() throws Throwable {
        tencent.cloud.images().take(Duration.ofSeconds(20));
        start("echo \"got ${" + TencentFixture.step("imageName: 'NAME'") + "}\"");

        killAfter(PIPELINES / 2);

        controller.runRemotely(jenkins -> {
            for (int i = 0; i < PIPELINES; i++) {
                jenkins.assertBuildStatusSuccess(build(jenkins, i));
                jenkins.assertLogContains("got img-", build(jenkins, i));
            }
        });
        assertOneImageForEachPipeline();
    }

    @Test
    void aBusyBranchBesideTheCreateMakesNoSecondImage() throws Throwable {
        tencent.cloud.images().take(Duration.ofSeconds(20));
        start("""
                parallel(
                  bake: { %s },
                  busy: { for (int i = 0; i < 300; i++) { echo "busy ${i}" } })
                """.formatted(TencentFixture.step("imageName: 'NAME'")));

        killAfter(5);

        controller.runRemotely(jenkins -> {
            for (int i = 0; i < PIPELINES; i++) {
                jenkins.assertBuildStatusSuccess(build(jenkins, i));
            }
        });
        assertOneImageForEachPipeline();
    }

    /**
     * Such a pipeline is not saved while it runs, so it cannot go on. That is only inferred, so no image is deleted: what
     * was made is finished and kept. Whether a create that was about to leave was carried out is looked for for a day.
     */
    @Test
    void pipelinesThatCannotGoOnKeepTheirImages() throws Throwable {
        tencent.cloud.images().take(Duration.ofSeconds(20));
        start(
                TencentFixture.step("imageName: 'NAME', onIncomplete: 'delete'"),
                FlowDurabilityHint.PERFORMANCE_OPTIMIZED);

        killAfter(PIPELINES / 2);

        int sent = tencent.cloud.creates().size();
        List<String> made = names();
        controller.runRemotely(jenkins -> {
            for (int i = 0; i < PIPELINES; i++) {
                // The queue is lost too, and with it a build that had not begun.
                if (job(jenkins, i).getBuildByNumber(1) != null) {
                    assertNotEquals(Result.SUCCESS, build(jenkins, i).getResult());
                }
            }
            ExtensionList.lookupSingleton(CleanUp.class).doRun();
            TencentFixture.await(
                    LONGEST, () -> CreationService.get().all().stream().allMatch(KilledControllerTest::onlyLooks));
        });
        assertEquals(made, names());
        assertEquals(sent, tencent.cloud.creates().size());
    }

    private static boolean onlyLooks(Creation creation) {
        return creation.ended()
                && creation.tasks().stream()
                        .filter(task -> task.state() == CleanupTask.State.OPEN)
                        .allMatch(task -> task.kind() == CleanupTask.Kind.FIND_IMAGE);
    }
}

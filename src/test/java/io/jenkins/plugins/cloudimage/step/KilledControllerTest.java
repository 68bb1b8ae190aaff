package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
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

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private void start(String script) throws Throwable {
        String endpoint = tencent.server.endpoint().toString();
        controller.startJenkins();
        controller.runRemotely(jenkins -> {
            TencentFixture.connectTo(endpoint);
            for (int i = 0; i < PIPELINES; i++) {
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake-" + i);
                job.setDefinition(new CpsFlowDefinition(script.replace("NAME", "web-" + i), true));
                job.scheduleBuild2(0);
            }
        });
    }

    private void killAfter(int creates) throws Throwable {
        TencentFixture.await(() -> tencent.server.count("CreateImage") >= creates);
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
        WorkflowRun run = jenkins.jenkins
                .getItemByFullName("bake-" + number, WorkflowJob.class)
                .getBuildByNumber(1);
        return jenkins.waitForCompletion(run);
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
}

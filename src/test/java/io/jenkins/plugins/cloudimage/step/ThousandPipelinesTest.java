package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.time.Duration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A thousand pipelines of one controller wait for their images at the same time. */
@WithJenkins
class ThousandPipelinesTest {
    private static final int PIPELINES = 1000;
    /** The most images that one call describes. */
    private static final int BATCH = 100;

    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** Creates alone take 100 s at the rate that the cloud allows; on a busy computer, all takes longer. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(name))
                .count();
    }

    @Test
    void theyShareFourThreadsAndEachCallAndAllEndRight(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        CloudImageConfiguration.get().setPollSeconds((int) INTERVAL.toSeconds());
        tencent.cloud.allowImages(PIPELINES);
        tencent.cloud.images().take(Duration.ofDays(1));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("NUMBER")));
        job.setDefinition(new CpsFlowDefinition(TencentFixture.step("imageName: \"web-${params.NUMBER}\""), true));
        long begun = System.nanoTime();
        for (int i = 1; i <= PIPELINES; i++) {
            job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("NUMBER", Integer.toString(i))));
        }
        TencentFixture.await(LONGEST, () -> job.getBuildByNumber(PIPELINES) != null);
        System.out.printf("%d pipelines run after %.1f s%n", PIPELINES, (System.nanoTime() - begun) / 1e9);
        TencentFixture.await(LONGEST, () -> tencent.cloud.creates().size() == PIPELINES);
        System.out.printf("%d images are being made after %.1f s%n", PIPELINES, (System.nanoTime() - begun) / 1e9);

        long calls = tencent.server.calls().size();
        long start = System.nanoTime();
        TencentFixture.await(LONGEST, () -> tencent.server.calls().size() >= calls + 4L * PIPELINES / BATCH);
        double intervals = (System.nanoTime() - start) / (double) INTERVAL.toNanos();
        long made = tencent.server.calls().size() - calls;
        System.out.printf(
                "%d describe calls in %.1f s, %d threads of ours of %d%n",
                made, intervals * INTERVAL.toSeconds(), threads("cloud-image"), threads(""));
        // At most one round of calls a second, however many wait.
        double seconds = intervals * INTERVAL.toSeconds();
        assertTrue(made <= (seconds + 1) * PIPELINES / BATCH, made + " calls in " + seconds + " s");
        assertTrue(threads("cloud-image") <= 4);

        tencent.cloud.images().finish();
        for (WorkflowRun run : job.getBuilds()) {
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        }

        // A busy computer may let creates leave in a heap, of which the cloud then refuses some for its rate.
        assertEquals(PIPELINES, tencent.cloud.creates().size());
        assertEquals(
                PIPELINES,
                tencent.cloud.images().all().stream()
                        .map(FakeImage::name)
                        .distinct()
                        .count());
    }
}

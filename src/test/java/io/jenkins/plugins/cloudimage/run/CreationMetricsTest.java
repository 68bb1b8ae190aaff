package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.Timer;
import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the Metrics plugin is told. */
@WithJenkins
class CreationMetricsTest {
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

    private static long gauge(String name) {
        return (long) Metrics.metricRegistry().getGauges().get(name).getValue();
    }

    private static Timer timer(String name) {
        return Metrics.metricRegistry().timer(name);
    }

    private WorkflowRun start() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(TencentFixture.STEP, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    @Test
    void callsAndImagesAreMeasuredByCloudAndResult() throws Exception {
        tencent.server.faults().next("CreateImage", Fault.THROTTLED);

        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(start()));

        assertEquals(1, timer("cloudImage.calls.tencentCloud.throttled").getCount());
        assertTrue(timer("cloudImage.calls.tencentCloud.success").getCount() >= 3);
        Timer ready = timer("cloudImage.images.tencentCloud.ready");
        assertEquals(1, ready.getCount());
        assertTrue(ready.getSnapshot().getMax() > Duration.ofMillis(500).toNanos());
    }

    /** A meter that always fails. */
    @TestExtension("aMeterThatFailsHarmsNoCallAndNoStep")
    public static final class BrokenMeter implements CreationMeter {
        @Override
        public void called(String cloud, ErrorKind failure, Duration took) {
            throw new IllegalStateException("No calls are measured");
        }

        @Override
        public void ended(Creation creation) {
            throw new IllegalStateException("No steps are measured");
        }
    }

    @Test
    void aMeterThatFailsHarmsNoCallAndNoStep() throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(start()));

        assertEquals(1, tencent.cloud.creates().size());
    }

    @Test
    void aWaitCountsAsLongAsItLasts() throws Exception {
        assertEquals(0, gauge("cloudImage.waits"));
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowRun run = start();
        jenkins.waitForMessage("is being made as", run);
        assertEquals(1, gauge("cloudImage.waits"));

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertEquals(0, gauge("cloudImage.waits"));
        assertEquals(1, timer("cloudImage.images.tencentCloud.aborted").getCount());
    }

    @Test
    void whatIsLeftToCleanUpIsCounted() {
        ImageStatus image = TestRecords.image("img-1", ImageStatus.Ownership.PROVEN);
        TestRecords.save(TestRecords.ended(
                TestRecords.planned("gone/bake#7", tencent.simulated.request(), Instant.now()),
                Phase.DONE,
                image,
                List.of(),
                Outcome.ABORTED,
                List.of(
                        new CleanupTask(CleanupTask.Kind.START_INSTANCE, CleanupTask.State.NEEDS_PERSON, null),
                        new CleanupTask(CleanupTask.Kind.DELETE_IMAGE, CleanupTask.State.DONE, null))));
        TestRecords.save(TestRecords.ended(
                TestRecords.planned("gone/bake#8", tencent.simulated.request(), Instant.now()),
                Phase.CLEANING_UP,
                image,
                List.of(),
                Outcome.ABORTED,
                List.of(new CleanupTask(CleanupTask.Kind.DELETE_IMAGE, CleanupTask.State.OPEN, null))));

        assertEquals(1, gauge("cloudImage.cleanupTasks.open"));
        assertEquals(1, gauge("cloudImage.cleanupTasks.needsPerson"));
    }
}

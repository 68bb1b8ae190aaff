package io.jenkins.plugins.cloudimage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Run;
import hudson.model.queue.QueueTaskFuture;
import hudson.tasks.Shell;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.simulator.FakeAlibabaEcs;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.InputStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** All clouds in one Jenkins. */
@WithJenkins
class AllCloudsTest {
    private final List<CloudFixture<?>> clouds = CloudFixture.all();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        for (CloudFixture<?> cloud : clouds) {
            cloud.configure();
        }
    }

    @AfterEach
    void stop() {
        clouds.forEach(CloudFixture::close);
    }

    private static Map<String, String> images(Run<?, ?> run) throws Exception {
        try (InputStream file =
                run.getArtifactManager().root().child(ImageManifest.FILE_NAME).open()) {
            Map<String, String> ids = new TreeMap<>();
            for (JsonNode image : new ObjectMapper().readTree(file).path("images")) {
                assertEquals("ready", image.path("state").asText(), image.toString());
                ids.put(image.path("cloud").asText(), image.path("id").asText());
            }
            return ids;
        }
    }

    private static String onlyId(CloudFixture<?> cloud) {
        List<FakeImage> images = cloud.simulated.images().all();
        assertEquals(1, images.size(), cloud.simulated.id());
        return images.get(0).id();
    }

    @Test
    void oneJenkinsfileBakesOnAllCloudsAtOnce() throws Exception {
        String branches = clouds.stream()
                .map(cloud -> "%s: { ids.%1$s = %s.id }"
                        .formatted(
                                cloud.simulated.id(),
                                cloud.pipelineStep(
                                        "imageName: \"web-${env.BUILD_NUMBER}\", description: 'nightly-web-tier', variable: 'ID_%s'"
                                                .formatted(cloud.simulated.id()))))
                .collect(Collectors.joining(",\n  "));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "def ids = [:]\nparallel(\n  " + branches + ")\n"
                        + "ids.each { cloud, id -> echo \"$cloud returned $id\" }\n"
                        + clouds.stream()
                                .map(cloud -> "echo \"env %1$s ${env.ID_%1$s}\"\n".formatted(cloud.simulated.id()))
                                .collect(Collectors.joining()),
                true));

        WorkflowRun run = jenkins.buildAndAssertSuccess(job);

        Map<String, String> expected = new TreeMap<>();
        for (CloudFixture<?> cloud : clouds) {
            String id = onlyId(cloud);
            expected.put(cloud.simulated.id(), id);
            jenkins.assertLogContains(cloud.simulated.id() + " returned " + id, run);
            jenkins.assertLogContains("env " + cloud.simulated.id() + " " + id, run);
        }
        assertEquals(expected, images(run));
    }

    @Test
    void aSixthCloudIsOneMoreSymbol() throws Exception {
        try (CloudFixture<FakeAlibabaEcs> ecs = new CloudFixture<>(SimulatedCloud.alibabaEcs(Clock.systemUTC()))) {
            ecs.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(
                    new CpsFlowDefinition("echo \"got ${" + ecs.pipelineStep("imageName: 'web-1'") + "}\"", true));

            WorkflowRun run = jenkins.buildAndAssertSuccess(job);

            jenkins.assertLogContains("got " + onlyId(ecs), run);
            assertEquals(Map.of("alibabaEcs", onlyId(ecs)), images(run));
        }
    }

    @Test
    void oneFreestyleJobForEachCloudDoesTheSame() throws Exception {
        Map<CloudFixture<?>, QueueTaskFuture<FreeStyleBuild>> builds = new LinkedHashMap<>();
        jenkins.jenkins.setNumExecutors(clouds.size());
        for (CloudFixture<?> cloud : clouds) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            CreateCloudImageBuilder builder =
                    new CreateCloudImageBuilder(cloud.settings(), cloud.credentialsId(), "db-${BUILD_NUMBER}");
            builder.setDescription("nightly-database");
            job.getBuildersList().add(builder);
            job.getBuildersList().add(new Shell("echo deploying \"$CLOUD_IMAGE_ID\""));
            // What runs is what the form made of it.
            jenkins.configRoundtrip(job);
            builds.put(cloud, job.scheduleBuild2(0));
        }
        for (Map.Entry<CloudFixture<?>, QueueTaskFuture<FreeStyleBuild>> each : builds.entrySet()) {
            FreeStyleBuild build = jenkins.assertBuildStatusSuccess(each.getValue());
            String id = onlyId(each.getKey());
            jenkins.assertLogContains("deploying " + id, build);
            assertEquals(Map.of(each.getKey().simulated.id(), id), images(build));
        }
    }
}

package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.cloud.UserTag;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The tags of a step, on clouds that have tags and on those that have none. */
@WithJenkins
class TagsTest {
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

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0).get());
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        List<JsonNode> creates = tencent.cloud.creates();
        assertEquals(1, creates.size());
        creates.get(0)
                .path("TagSpecification")
                .path(0)
                .path("Tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        return tags;
    }

    @Test
    void aPipelineWritesAMapAndTheCommitComesFromTheEnvironment() throws Exception {
        run(
                Result.SUCCESS,
                "withEnv(['GIT_COMMIT=0123abc']) { "
                        + TencentFixture.step("imageName: 'web-1', tags: [env: \"pro${'d'}\", 'cost centre': 47]")
                        + " }");

        assertEquals(
                Map.of(
                        "env", "prod",
                        "cost centre", "47",
                        "jenkins:job", "bake",
                        "jenkins:build", "1",
                        "jenkins:commit", "0123abc",
                        "jenkins:source-instance", "ins-6pb6lrmy"),
                tags());
    }

    @Test
    void theAdministratorTurnsTheOriginOff() throws Exception {
        CloudImageConfiguration.get().setProvenanceTags(false);

        run(Result.SUCCESS, TencentFixture.step("imageName: 'web-1', tags: [env: 'prod']"));

        assertEquals(Map.of("env", "prod"), tags());
    }

    @Test
    void aRefusalOfTheOriginIsToldAndDoesNotFailTheStep() throws Exception {
        tencent.cloud.refuseUnknownTagKeys();

        WorkflowRun run = run(Result.SUCCESS, TencentFixture.step("imageName: 'web-1', tags: [env: 'prod']"));

        assertEquals(Map.of("env", "prod"), tags());
        jenkins.assertLogContains("it is sent again without them", run);
    }

    @Test
    void aFreestyleJobExpandsVariablesAndJoinsBothLists() throws Exception {
        TencentCloudSettings cloud = new TencentCloudSettings("ap-guangzhou");
        cloud.setEndpoint("simulator");
        cloud.setInstanceId("ins-6pb6lrmy");
        CreateCloudImageBuilder step = new CreateCloudImageBuilder(cloud, "tencent", "web-1");
        UserTag tag = new UserTag("env");
        tag.setValue("${STAGE}-${BUILD_NUMBER}");
        step.setTags(List.of(tag));
        FreeStyleProject job = jenkins.createFreeStyleProject("free");
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("STAGE", "prod")));
        job.getBuildersList().add(step);
        job = jenkins.configRoundtrip(job);

        jenkins.buildAndAssertSuccess(job);

        assertEquals("prod-1", tags().get("env"));
        assertEquals("free", tags().get("jenkins:job"));
    }

    @Test
    void aKeyInBothListsIsRefusedBeforeAnythingIsSent() throws Exception {
        WorkflowRun run = run(
                Result.FAILURE,
                "createCloudImage(credentialsId: 'tencent', imageName: 'web-1', tags: [env: 'prod'],"
                        + " cloud: tencentCloud(region: 'ap-guangzhou', endpoint: 'simulator',"
                        + " instanceId: 'ins-6pb6lrmy', tags: [[key: 'env', value: 'test']]))");

        jenkins.assertLogContains("tags has the key \"env\" twice", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aCloudWithoutTagsRefusesThemBeforeAnythingIsSent() throws Exception {
        int refusals = 0;
        for (CloudFixture<?> cloud : CloudFixture.all()) {
            try (cloud) {
                cloud.configure();
                String id = cloud.simulated.id();
                if (List.of("jdCloud", "qcloud", "alibabaEns").contains(id)) {
                    WorkflowJob job = jenkins.createProject(WorkflowJob.class, id);
                    job.setDefinition(
                            new CpsFlowDefinition(cloud.pipelineStep("imageName: 'web-1', tags: [env: 'prod']"), true));
                    WorkflowRun run = jenkins.assertBuildStatus(
                            Result.FAILURE, job.scheduleBuild2(0).get());
                    jenkins.assertLogContains("takes no tags when an image is created", run);
                    assertEquals(List.of(), cloud.server.calls());
                    refusals++;
                }
            }
        }
        assertEquals(3, refusals);
    }
}

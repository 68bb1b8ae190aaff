package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.manifest.ManifestSchema;
import io.jenkins.plugins.cloudimage.core.manifest.PackerManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The manifests that are archived with a build. */
@WithJenkins
class ManifestFormatTest {
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
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0));
    }

    private static byte[] file(Run<?, ?> run, String name) throws IOException {
        try (InputStream file = run.getArtifactManager().root().child(name).open()) {
            return file.readAllBytes();
        }
    }

    private static JsonNode manifest(Run<?, ?> run) throws IOException {
        byte[] json = file(run, ImageManifest.FILE_NAME);
        assertEquals(List.of(), ManifestSchema.problems(json));
        return new ObjectMapper().readTree(json);
    }

    private static JsonNode packerManifest(Run<?, ?> run) throws IOException {
        return new ObjectMapper().readTree(file(run, PackerManifest.FILE_NAME));
    }

    private String id(String name) {
        return tencent.cloud.images().all().stream()
                .filter(image -> image.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void theManifestTellsWhereTheImageComesFrom() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "withEnv(['GIT_COMMIT=2fd4e1c6']) { " + TencentFixture.STEP + " }");

        JsonNode build = manifest(run).path("build");
        assertEquals("bake#1", build.path("id").asText());
        assertEquals("bake", build.path("job").asText());
        assertEquals(1, build.path("number").asInt());
        assertEquals(jenkins.getURL() + "job/bake/1/", build.path("url").asText());
        JsonNode image = manifest(run).path("images").path(0);
        assertEquals("2fd4e1c6", image.path("commit").asText());
        assertEquals("CLOUD_IMAGE_ID", image.path("variable").asText());
        assertEquals("NORMAL", image.path("cloudState").asText());
        assertFalse(image.path("requestId").asText().isEmpty());
        assertFalse(manifest(run).path("pluginVersion").asText().isEmpty());
        assertFalse(
                run.getArtifactManager().root().child(PackerManifest.FILE_NAME).exists());
    }

    @Test
    void aPipelineWithoutNodeWritesPackersManifestToo() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                TencentFixture.step("imageName: 'a', manifestFormat: 'packer'") + "\n"
                        + TencentFixture.step("imageName: 'b', manifestFormat: 'packer'"));

        JsonNode builds = packerManifest(run).path("builds");
        assertEquals(2, builds.size());
        assertEquals(
                "ap-guangzhou:" + id("b"), builds.path(1).path("artifact_id").asText());
        assertEquals("tencentCloud", builds.path(1).path("builder_type").asText());
        assertEquals(packerManifest(run).path("last_run_uuid"), builds.path(0).path("packer_run_uuid"));
        assertEquals(2, manifest(run).path("images").size());
    }

    @Test
    void anImageThatIsNotReadyIsInNoPackerManifest() throws Exception {
        tencent.cloud.images().fail(true);

        WorkflowRun run = run(Result.FAILURE, TencentFixture.step("imageName: 'web-1', manifestFormat: 'packer'"));

        assertEquals(
                "failed", manifest(run).path("images").path(0).path("state").asText());
        assertFalse(
                run.getArtifactManager().root().child(PackerManifest.FILE_NAME).exists());
    }

    @Test
    void theErrorHasTheSameKindAndCodeEverywhere() throws Exception {
        tencent.cloud.allowImages(0);

        WorkflowRun run = run(
                Result.SUCCESS,
                "import io.jenkins.plugins.cloudimage.run.CloudImageException\n" + "try { "
                        + TencentFixture.STEP
                        + " } catch (CloudImageException e) { echo \"${e.kind} ${e.code}\" }");

        JsonNode image = manifest(run).path("images").path(0);
        String code = image.path("errorCode").asText();
        assertEquals("QUOTA", image.path("errorKind").asText());
        assertFalse(code.isEmpty());
        jenkins.assertLogContains("QUOTA " + code, run);
        JSONObject rest = jenkins.getJSON(run.getUrl() + "cloud-images/api/json")
                .getJSONObject()
                .getJSONArray("images")
                .getJSONObject(0);
        for (String field : List.of("cloud", "region", "name", "state", "error", "errorKind", "errorCode")) {
            assertEquals(image.path(field).asText(), rest.getString(field), field);
        }
    }

    @Test
    void aFormatThatDoesNotExistIsRefusedBeforeAnythingIsSent() throws Exception {
        WorkflowRun run = run(Result.FAILURE, TencentFixture.step("imageName: 'web-1', manifestFormat: 'yaml'"));

        jenkins.assertLogContains("manifestFormat is \"yaml\"; it can be cloudImage or packer", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aFreestyleJobWritesPackersManifestToo() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("bake");
        job.addProperty(
                new ParametersDefinitionProperty(new StringParameterDefinition("GIT_COMMIT", "2fd4e1c6", null)));
        CreateCloudImageBuilder builder = new CreateCloudImageBuilder(tencent.settings(), "tencent", "web-1");
        builder.setManifestFormat("packer");
        job.getBuildersList().add(builder);

        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);

        JsonNode build = packerManifest(run).path("builds").path(0);
        assertEquals("ap-guangzhou:" + id("web-1"), build.path("artifact_id").asText());
        assertEquals("2fd4e1c6", build.path("custom_data").path("commit").asText());
        assertEquals(
                "2fd4e1c6", manifest(run).path("images").path(0).path("commit").asText());
    }
}

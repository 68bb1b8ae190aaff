package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Fingerprint;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.run.ImageEntry;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pipeline step in a real Jenkins against the fake cloud. */
@WithJenkins
class CreateCloudImageStepTest {
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
        WorkflowRun run = jenkins.waitForCompletion(start(script));
        return jenkins.assertBuildStatus(result, run);
    }

    private String onlyImageId() {
        assertEquals(1, tencent.cloud.images().all().size());
        return tencent.cloud.images().all().get(0).id();
    }

    private static JsonNode manifest(WorkflowRun run) throws IOException {
        try (InputStream file =
                run.getArtifactManager().root().child(ImageManifest.FILE_NAME).open()) {
            return new ObjectMapper().readTree(file);
        }
    }

    @Test
    void aDeclarativePipelineBakesWithoutAnAgentAndTheNextStageDeploys() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                  agent none
                  stages {
                    stage('Bake') { steps { %s } }
                    stage('Deploy') { agent any; steps { sh 'echo deploying "$CLOUD_IMAGE_ID"' } }
                  }
                }""".formatted(TencentFixture.STEP));

        String id = onlyImageId();
        jenkins.assertLogContains("deploying " + id, run);
        jenkins.assertLogContains("Cloud image web-1: " + id + " is ready", run);
        JsonNode image = manifest(run).path("images").path(0);
        assertEquals(id, image.path("id").asText());
        assertEquals("ready", image.path("state").asText());
        assertEquals("web-1", image.path("name").asText());
        assertEquals("ins-6pb6lrmy", image.path("sourceInstanceId").asText());
        assertEquals("tencentCloud", image.path("cloud").asText());
    }

    @Test
    void theResultIsReadableInTheSandboxAndStandsForTheId() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "def image = " + TencentFixture.STEP
                        + "\necho \"${image.id} ${image.name} ${image.region} ${image.cloud} = ${image}\"");

        String id = onlyImageId();
        jenkins.assertLogContains(id + " web-1 ap-guangzhou tencentCloud = " + id, run);
    }

    @Test
    void anEnvironmentBlockTakesTheResult() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                  agent any
                  stages {
                    stage('Bake') {
                      environment { IMG = %s }
                      steps { sh 'echo img="$IMG"' }
                    }
                  }
                }""".formatted(TencentFixture.step("imageName: 'web-1'")));

        jenkins.assertLogContains("img=" + onlyImageId(), run);
    }

    @Test
    void parallelBranchesGetTheirOwnImagesAndOneManifest() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def ids = [:]
                parallel(
                  a: { ids.a = %s.id },
                  b: { ids.b = %s.id },
                  c: { ids.c = %s.id })
                echo "a=${ids.a} b=${ids.b} c=${ids.c} A=${env.IMAGE_A} B=${env.IMAGE_B}"
                """.formatted(
                        TencentFixture.step("imageName: 'a', variable: 'IMAGE_A'"),
                        TencentFixture.step("imageName: 'b', variable: 'IMAGE_B'"),
                        TencentFixture.step("imageName: 'c'")));

        jenkins.assertLogContains(
                "a=%s b=%s c=%s A=%s B=%s".formatted(id("a"), id("b"), id("c"), id("a"), id("b")), run);
        assertEquals(3, manifest(run).path("images").size());
    }

    private String id(String name) {
        return tencent.cloud.images().all().stream()
                .filter(image -> image.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void aKeyInTheJobsFolderIsFoundAndItsUseRecorded() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        FolderCredentialsProperty property = new FolderCredentialsProperty(new DomainCredentials[0]);
        folder.addProperty(property);
        CredentialsStore store = property.getStore();
        store.addCredentials(Domain.global(), TencentFixture.key("team-key", FakeTencentCloud.SECRET_KEY));
        WorkflowJob job = folder.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(TencentFixture.STEP.replace("'tencent'", "'team-key'"), true));

        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));

        Fingerprint used = CredentialsProvider.getFingerprintOf(
                store.getCredentials(Domain.global()).get(0));
        assertTrue(used.getJobs().contains("team/bake"), used.getJobs().toString());
    }

    @Test
    void aKeyOfAnotherFolderIsNotFound() throws Exception {
        WorkflowRun run = run(Result.FAILURE, TencentFixture.STEP.replace("'tencent'", "'nobodys'"));

        jenkins.assertLogContains("There is no credential \"nobodys\" with an access key", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void aWrongKeyIsAClearErrorWithoutAStackTrace() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(TencentFixture.key("wrong", "not-the-secret"));

        WorkflowRun run = run(Result.FAILURE, TencentFixture.STEP.replace("'tencent'", "'wrong'"));

        jenkins.assertLogContains("[AuthFailure.SignatureFailure]", run);
        jenkins.assertLogContains("Check SecretId and SecretKey in the credential", run);
        jenkins.assertLogNotContains("\tat ", run);
        assertFalse(JenkinsRule.getLog(run).matches("(?s).*[0-9a-f]{64}.*"), "a signature is in the log");
    }

    @Test
    void aRuleThatIsBrokenIsToldBeforeAnythingIsSent() throws Exception {
        WorkflowRun run = run(Result.FAILURE, TencentFixture.step("imageName: '" + "x".repeat(61) + "'"));

        jenkins.assertLogContains("imageName has 61 characters; the cloud takes 1 to 60", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    @Test
    void anErrorHasAKindThatAScriptCanRead() throws Exception {
        tencent.cloud.allowImages(0);

        WorkflowRun run =
                run(Result.SUCCESS, "try { " + TencentFixture.STEP + " } catch (e) { echo \"kind=${e.kind}\" }");

        jenkins.assertLogContains("kind=QUOTA", run);
    }

    @Test
    void aFailedImageEndsTheStepAtOnceAndIsInTheManifest() throws Exception {
        tencent.cloud.images().fail(true);

        WorkflowRun run = run(Result.FAILURE, TencentFixture.STEP);

        String id = onlyImageId();
        jenkins.assertLogContains("The image " + id + " has the state CREATEFAILED", run);
        assertEquals(
                "failed", manifest(run).path("images").path(0).path("state").asText());
        assertEquals(id, manifest(run).path("images").path(0).path("id").asText());
        assertNull(run.getEnvironment(TaskListener.NULL).get("CLOUD_IMAGE_ID"));
    }

    @Test
    void aDryRunLeavesNothingBehind() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS,
                "def image = " + TencentFixture.STEP.replace("region:", "dryRun: true, region:")
                        + "\necho \"id=${image.id} env=${env.CLOUD_IMAGE_ID}\"");

        jenkins.assertLogContains("the dry run passed; no image was created", run);
        jenkins.assertLogContains("id=null env=null", run);
        assertEquals(List.of(), tencent.cloud.images().all());
        assertFalse(
                run.getArtifactManager().root().child(ImageManifest.FILE_NAME).exists());
    }

    @Test
    void aLostAnswerMakesNoSecondImage() throws Exception {
        tencent.server.faults().next("CreateImage", Fault.LOSE_ANSWER);

        WorkflowRun run = run(Result.SUCCESS, "echo \"got ${" + TencentFixture.STEP + "}\"");

        jenkins.assertLogContains("got " + onlyImageId(), run);
        jenkins.assertLogContains("looking whether the image exists", run);
        assertEquals(1, tencent.server.count("CreateImage"));
    }

    @Test
    void anAbortEndsTheStepAndTellsTheImage() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowRun run = start(TencentFixture.STEP);
        jenkins.waitForMessage("is being made as", run);
        String id = onlyImageId();

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        TencentFixture.await(() -> {
            List<ImageEntry> images = run.getAction(CloudImageAction.class).getImages();
            return images.get(0).getState().equals("aborted")
                    && id.equals(images.get(0).getId());
        });
        TencentFixture.await(() ->
                run.getArtifactManager().root().child(ImageManifest.FILE_NAME).exists());
        assertEquals(
                "aborted", manifest(run).path("images").path(0).path("state").asText());
        TencentFixture.await(() -> ledger().length == 0);
    }

    @Test
    void theThreadDumpSaysWhatIsWaitedFor() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowRun run = start(TencentFixture.STEP);
        jenkins.waitForMessage(" is CREATING", run);

        TencentFixture.await(() -> ((CpsFlowExecution) run.getExecution())
                .getThreadDump()
                .toString()
                .contains("waiting for " + onlyImageId() + ", CREATING"));

        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void theLedgerIsEmptyWhenTheBuildHasEnded() throws Exception {
        run(Result.SUCCESS, TencentFixture.STEP);

        TencentFixture.await(() -> ledger().length == 0);
    }

    private static String[] ledger() {
        return new File(Jenkins.get().getRootDir(), "cloud-image/creations").list();
    }

    @Test
    void aReservedVariableIsRefused() throws Exception {
        WorkflowRun run = run(Result.FAILURE, TencentFixture.step("imageName: 'web-1', variable: 'PATH'"));

        jenkins.assertLogContains("The variable PATH is reserved", run);
        assertEquals(List.of(), tencent.server.calls());
    }
}

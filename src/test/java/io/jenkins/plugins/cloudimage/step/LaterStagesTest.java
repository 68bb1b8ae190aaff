package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.run.ImageEntry;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The image reaches what comes after the step: other steps, jobs and stages. */
@WithJenkins
class LaterStagesTest {
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

    private WorkflowJob job(String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(String name, String script) throws Exception {
        return jenkins.buildAndAssertSuccess(job(name, script));
    }

    private List<String> ids() {
        return tencent.cloud.images().all().stream().map(FakeImage::id).toList();
    }

    private String onlyId() {
        assertEquals(1, ids().size());
        return ids().get(0);
    }

    @Test
    void anUpstreamJobReadsTheVariableOfAPipeline() throws Exception {
        job("bake", TencentFixture.STEP);

        WorkflowRun run = run("release", "def b = build 'bake'; echo \"got ${b.buildVariables.CLOUD_IMAGE_ID}\"");

        jenkins.assertLogContains("got " + onlyId(), run);
    }

    @Test
    void anUpstreamJobReadsTheLastImageOfAVariableAndWhatTheScriptSetItself() throws Exception {
        job(
                "bake",
                "env.MINE = 'chosen'\n"
                        + TencentFixture.step("imageName: 'a', variable: 'MINE'") + "\n"
                        + TencentFixture.step("imageName: 'b'") + "\n"
                        + TencentFixture.step("imageName: 'c'"));

        WorkflowRun run = run("release", """
                def variables = build('bake').buildVariables
                echo "got ${variables.CLOUD_IMAGE_ID} and ${variables.MINE}\"""");

        jenkins.assertLogContains("got " + ids().get(2) + " and chosen", run);
    }

    @Test
    void theImageIsItsIdWhereverAStepWantsAText() throws Exception {
        job("deploy", "echo \"deploying ${params.IMAGE}\"")
                .addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("IMAGE")));

        WorkflowRun run = run("bake", """
                def image = %s
                echo image
                node {
                  writeFile file: 'id.txt', text: image
                  echo "file ${readFile 'id.txt'}"
                  withEnv(["IMAGE=${image}"]) { sh 'echo shell $IMAGE' }
                }
                env.SET = image
                echo "env ${env.SET}, equal ${image == env.CLOUD_IMAGE_ID}, part ${image.id.take(4)}"
                build job: 'deploy', parameters: [string(name: 'IMAGE', value: image)]
                sleep 1
                echo 'named ' + image.name + ', joined ' + [image, image].join(',')
                """.formatted(TencentFixture.STEP));

        String id = onlyId();
        jenkins.assertLogContains("\n" + id + "\n", run);
        jenkins.assertLogContains("file " + id, run);
        jenkins.assertLogContains("shell " + id, run);
        jenkins.assertLogContains("env " + id + ", equal true, part img-", run);
        jenkins.assertLogContains("named web-1, joined " + id + "," + id, run);
        WorkflowJob deploy = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
        jenkins.assertLogContains("deploying " + id, deploy.getLastBuild());
    }

    @Test
    void theStepSaysWhichImageItMadeAndLeadsToItsCard() throws Exception {
        WorkflowRun run = run("bake", TencentFixture.STEP);

        FlowNode step = new DepthFirstScanner()
                .findFirstMatch(run.getExecution(), node -> node.getAction(LabelAction.class) != null);
        assertEquals("Cloud image web-1: " + onlyId(), step.getDisplayName());
        assertEquals("web-1", ArgumentsAction.getStepArgumentsAsString(step));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo(step.getUrl());
            HtmlAnchor link = page.getAnchorByText("Cloud image web-1: " + onlyId());
            HtmlPage images = link.click();
            String card = link.getHrefAttribute().replaceFirst(".*#", "");
            assertTrue(images.getElementById(card).asNormalizedText().contains(onlyId()));
        }
    }

    private static final String BAKE_AND_DEPLOY = """
            pipeline {
              agent none
              stages {
                stage('Bake') { steps { %s } }
                stage('Deploy') { steps { echo "deploying ${env.CLOUD_IMAGE_ID}" } }
              }
            }""".formatted(TencentFixture.STEP);

    private WorkflowRun restart(WorkflowRun run, String stage) throws Exception {
        run.getAction(RestartDeclarativePipelineAction.class).run(stage);
        jenkins.waitUntilNoActivity();
        return run.getParent().getLastBuild();
    }

    @Test
    void aStageThatIsRestartedKnowsTheImageOfTheStageBefore() throws Exception {
        WorkflowRun first = run("release", BAKE_AND_DEPLOY);
        String id = onlyId();

        WorkflowRun second = restart(first, "Deploy");
        WorkflowRun third = restart(second, "Deploy");

        for (WorkflowRun run : List.of(second, third)) {
            jenkins.assertBuildStatusSuccess(run);
            jenkins.assertLogContains("deploying " + id, run);
            ImageEntry image = run.getAction(CloudImageAction.class).getImages().get(0);
            assertTrue(image.isInherited());
            assertEquals(id, image.getId());
            // Jenkins copies the artifacts, so the manifest is that of the build that made the image.
            assertEquals("release#1", manifest(run).path("build").path("id").asText());
        }
        assertEquals(3, third.getNumber());
        assertEquals(List.of(id), ids());
    }

    @Test
    void aStageThatIsRestartedAndBakesAgainDeploysItsOwnImage() throws Exception {
        WorkflowRun first = run("release", BAKE_AND_DEPLOY.replace("'web-1'", "\"web-${env.BUILD_NUMBER}\""));

        WorkflowRun second = restart(first, "Bake");

        jenkins.assertBuildStatus(Result.SUCCESS, second);
        assertEquals(2, ids().size());
        jenkins.assertLogContains("deploying " + ids().get(1), second);
        JsonNode images = manifest(second).path("images");
        assertEquals(1, images.size());
        assertEquals(ids().get(1), images.path(0).path("id").asText());
    }

    private static JsonNode manifest(WorkflowRun run) throws IOException {
        try (InputStream file =
                run.getArtifactManager().root().child(ImageManifest.FILE_NAME).open()) {
            return new ObjectMapper().readTree(file);
        }
    }
}

package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step in Declarative pipelines, without a script block. */
@WithJenkins
class DeclarativeTest {
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

    private WorkflowRun run(Result result, String pipeline) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(pipeline.replace("STEP", TencentFixture.STEP), true));
        return jenkins.buildAndAssertStatus(result, job);
    }

    private String onlyId() {
        assertEquals(1, tencent.cloud.images().all().size());
        return tencent.cloud.images().all().get(0).id();
    }

    @Test
    void theEnvironmentOfAPipelineWithoutAgentMakesOneImage() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                  agent none
                  environment { IMG = STEP }
                  stages {
                    stage('One') { steps { echo "one $IMG" } }
                    stage('Two') { agent any; steps { sh 'echo "two $IMG"' } }
                  }
                }""");

        jenkins.assertLogContains("one " + onlyId(), run);
        jenkins.assertLogContains("two " + onlyId(), run);
        assertEquals(1, tencent.server.count("CreateImage"));
    }

    @Test
    void aStageRunsWhenThereIsAnImage() throws Exception {
        String pipeline = """
                pipeline {
                  agent none
                  stages {
                    stage('Bake') {
                      when { not { environment name: 'SKIP', value: 'true' } }
                      steps { STEP }
                    }
                    stage('Deploy') {
                      when { expression { env.CLOUD_IMAGE_ID } }
                      steps { echo "deploying ${env.CLOUD_IMAGE_ID}" }
                    }
                  }
                }""";
        WorkflowRun skipped =
                run(Result.SUCCESS, pipeline.replace("agent none", "agent none\nenvironment { SKIP = 'true' }"));
        jenkins.assertLogNotContains("deploying", skipped);
        assertEquals(0, tencent.server.calls().size());

        jenkins.assertLogContains("deploying img-", run(Result.SUCCESS, pipeline));
    }

    @Test
    void whatComesAfterSeesTheIdOrThatThereIsNone() throws Exception {
        String pipeline = """
                pipeline {
                  agent none
                  stages { stage('Bake') { steps { STEP } } }
                  post {
                    success { echo "made ${env.CLOUD_IMAGE_ID}" }
                    failure { echo "failed, made ${env.CLOUD_IMAGE_ID}" }
                    always { echo 'over' }
                  }
                }""";
        WorkflowRun made = run(Result.SUCCESS, pipeline);
        jenkins.assertLogContains("made " + onlyId(), made);
        jenkins.assertLogContains("over", made);

        WorkflowRun failed = run(Result.FAILURE, pipeline);
        jenkins.assertLogContains("failed, made null", failed);
        jenkins.assertLogContains("over", failed);
    }

    @Test
    void anEnvironmentOfTheSameNameWinsAndOneThatReadsItIsReadTooEarly() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                  agent none
                  environment {
                    CLOUD_IMAGE_ID = 'mine'
                    EARLY = "early ${env.OTHER}"
                  }
                  stages {
                    stage('Bake') { steps { STEP; OTHER } }
                    stage('Deploy') { steps { echo "${env.CLOUD_IMAGE_ID}, ${env.EARLY}, ${env.OTHER}" } }
                  }
                }""".replace(
                        "; OTHER", "; " + TencentFixture.step("imageName: 'web-2', variable: 'OTHER'")));

        jenkins.assertLogContains("mine, early null, img-", run);
    }
}

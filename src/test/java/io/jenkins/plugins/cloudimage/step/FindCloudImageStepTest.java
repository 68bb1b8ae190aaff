package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.time.Duration;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pipeline step that finds an image, in a real Jenkins against the fake cloud. */
@WithJenkins
class FindCloudImageStepTest {
    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
        tencent.cloud.images().take(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static String find(String arguments) {
        return "findCloudImage(credentialsId: 'tencent', cloud: tencentCloud(region: 'ap-guangzhou',"
                + " endpoint: 'simulator'), " + arguments + ")";
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private WorkflowRun run(Result result, String script) throws Exception {
        WorkflowRun run = job(script).scheduleBuild2(0).waitForStart();
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
    }

    private String image(String name) {
        return tencent.cloud.images().create(name, "ins-6pb6lrmy").id();
    }

    @Test
    void aDeployJobTakesTheNewestImage() throws Exception {
        image("web-1");
        String newest = image("web-2");

        WorkflowRun run = run(Result.SUCCESS, """
                pipeline {
                  agent none
                  stages {
                    stage('Find') { steps { script {
                      def image = %s
                      echo "${image.id} ${image.name} ${image.region} ${image.cloud} = ${image}"
                    } } }
                    stage('Deploy') { agent any; steps { sh 'echo deploying "$CLOUD_IMAGE_ID"' } }
                  }
                }""".formatted(find("namePrefix: 'web-'")));

        jenkins.assertLogContains(newest + " web-2 ap-guangzhou tencentCloud = " + newest, run);
        jenkins.assertLogContains("deploying " + newest, run);
        jenkins.assertLogContains("with namePrefix: 'web-'", run);
        jenkins.assertLogContains("Cloud image web-2: found as " + newest, run);
        assertEquals(0, tencent.server.count("CreateImage"));
    }

    @Test
    void theBuildsPageAndItsApiShowTheImage() throws Exception {
        String id = image("web-1");
        WorkflowRun run = run(Result.SUCCESS, find("namePrefix: 'web-', variable: 'BASE'"));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo(run.getUrl() + "cloud-images/");
            String text = page.asNormalizedText();
            assertTrue(text.contains("Found in the cloud") && text.contains(id) && text.contains("BASE"), text);
            String json = browser.goTo(run.getUrl() + "cloud-images/api/json", "application/json")
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(json.contains("\"variable\":\"BASE\"") && json.contains("\"id\":\"" + id + "\""), json);
            assertTrue(browser.getPage(run.getParent(), "").asNormalizedText().indexOf("Cloud images") < 0);
        }
        run.reload();
        assertEquals(id, run.getAction(CloudImageAction.class).getFound().get(0).getId());
    }

    @Test
    void theUpstreamJobSeesTheVariable() throws Exception {
        String id = image("web-1");
        WorkflowJob find = jenkins.createProject(WorkflowJob.class, "find");
        find.setDefinition(new CpsFlowDefinition(find("namePrefix: 'web-'"), true));

        WorkflowRun run = run(Result.SUCCESS, "echo \"got ${build('find').buildVariables.CLOUD_IMAGE_ID}\"");

        jenkins.assertLogContains("got " + id, run);
    }

    @Test
    void whereThereIsNoneTheStepFailsOrReturnsNull() throws Exception {
        WorkflowRun failed = run(Result.FAILURE, find("namePrefix: 'web-'"));
        jenkins.assertLogContains("There is no ready image with namePrefix: 'web-'", failed);

        WorkflowRun none = run(
                Result.SUCCESS,
                "echo \"${" + find("namePrefix: 'web-', failIfNone: false") + "} ${env.CLOUD_IMAGE_ID}\"");
        jenkins.assertLogContains("null null", none);

        WorkflowRun caught =
                run(Result.SUCCESS, "try { " + find("namePrefix: 'web-'") + " } catch (e) { echo \"kind ${e.kind}\" }");
        jenkins.assertLogContains("kind NOT_FOUND", caught);
    }

    @Test
    void mistakesAreToldBeforeAnythingIsSent() throws Exception {
        for (Map.Entry<String, String> mistake : Map.of(
                        find("variable: 'X'"),
                        "give at least one of them",
                        find("tag: '=prod'"),
                        "has no key",
                        find("namePrefix: 'web-${X}'"),
                        "a variable that was not replaced",
                        find("namePrefix: 'web-', variable: 'PATH'"),
                        "PATH is reserved",
                        find("job: 'nowhere'"),
                        "There is no job \"nowhere\"",
                        "findCloudImage(credentialsId: 'x', namePrefix: 'web-')",
                        "cloud is missing",
                        "findCloudImage(credentialsId: 'x', namePrefix: 'web-', cloud: tencentCloud(region: 'A b'))",
                        "is not a region code",
                        "findCloudImage(credentialsId: 'x', tag: 'a=b', cloud: jdCloud(region: 'cn-north-1'))",
                        "have no tags: remove tag",
                        "findCloudImage(credentialsId: 'x', imageFamily: 'a', cloud: alibabaEns())",
                        "has no image families: remove imageFamily",
                        find("namePrefix: 'web-', failIfNone: 'maybe'"),
                        "failIfNone")
                .entrySet()) {
            jenkins.assertLogContains(mistake.getValue(), run(Result.FAILURE, mistake.getKey()));
        }
        assertEquals(0, tencent.server.calls().size());
    }

    @Test
    void anImageIsFoundByTheJobThatMadeIt() throws Exception {
        FreeStyleProject bake = jenkins.createFreeStyleProject("bake");
        bake.getBuildersList().add(new CreateCloudImageBuilder(tencent.settings(), "tencent", "web-${BUILD_NUMBER}"));
        jenkins.buildAndAssertSuccess(bake);
        jenkins.buildAndAssertSuccess(bake);
        image("web-of-nobody");
        String second = tencent.cloud.images().all().get(1).id();
        String script = "echo \"found ${" + find("job: 'bake', namePrefix: 'web-'") + "}\"";

        jenkins.assertLogContains("found " + second, run(Result.SUCCESS, script));

        tencent.cloud.images().remove(second);
        String first = tencent.cloud.images().all().get(0).id();
        jenkins.assertLogContains("found " + first, run(Result.SUCCESS, script.replace("job: '", "job: '/")));
    }

    @Test
    void aBuildFindsNoImagesOfAJobThatItMayNotRead() throws Exception {
        FreeStyleProject bake = jenkins.createFreeStyleProject("bake");
        bake.getBuildersList().add(new CreateCloudImageBuilder(tencent.settings(), "tencent", "web-1"));
        jenkins.buildAndAssertSuccess(bake);
        WorkflowJob deploy = job("echo \"found ${" + find("job: 'bake'") + "}\"");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Computer.BUILD)
                .onRoot()
                .to("builder")
                .grant(Item.READ, Item.BUILD, CredentialsProvider.USE_ITEM)
                .onItems(deploy)
                .to("builder")
                .grant(Item.DISCOVER)
                .onItems(bake)
                .to("builder"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                deploy.getFullName(),
                                User.getById("builder", true).impersonate2()));

        WorkflowRun run = jenkins.waitForCompletion(deploy.scheduleBuild2(0).waitForStart());

        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("There is no job \"bake\", or the build may not see it", run);
    }

    @Test
    void anAbortEndsTheStepAtOnceWhateverItsCallDoes() throws Exception {
        for (int i = 0; i < 20; i++) {
            tencent.server.faults().next("DescribeImages", Fault.THROTTLED);
        }
        WorkflowRun run = job(find("namePrefix: 'web-'")).scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("The search is tried again in", run);
        long begun = System.nanoTime();

        run.doStop();

        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 10);
    }
}

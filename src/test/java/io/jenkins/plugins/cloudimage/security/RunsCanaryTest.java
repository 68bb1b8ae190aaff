package io.jenkins.plugins.cloudimage.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.HomeFiles;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import io.jenkins.plugins.cloudimage.core.canary.Echo;
import io.jenkins.plugins.cloudimage.core.canary.EveryLog;
import io.jenkins.plugins.cloudimage.core.canary.LeakyCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Builds that succeed, fail, are throttled, are aborted and meet a cloud that tells all it knows. No file below {@code
 * JENKINS_HOME}, be it log, {@code build.xml}, {@code program.dat}, ledger, {@code config.xml} or artifact, no page, no
 * REST answer and no log record at any level holds a secret.
 */
@WithJenkins
class RunsCanaryTest {
    private final SimulatedCloud<FakeTencentCloud> tencent = SimulatedCloud.tencentCloud(Clock.systemUTC());
    private final Canary canary = new Canary(tencent.key());
    private Echo echo;
    private String talkative = "";
    private final CloudFixture<LeakyCloud> fixture = new CloudFixture<>(new SimulatedCloud<>(
            tencent.id(),
            new LeakyCloud(tencent.cloud(), tencent.key(), canary, action -> action.equals(talkative) ? echo : null),
            tencent.images(),
            tencent.key(),
            tencent.request(),
            tencent.settings()));

    @AfterEach
    void stop() {
        fixture.close();
    }

    private WorkflowRun start(JenkinsRule jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        String step = fixture.pipelineStep("imageName: '" + name + "', onIncomplete: 'delete', timeoutMinutes: 1");
        job.setDefinition(new CpsFlowDefinition(step, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private void run(JenkinsRule jenkins, String name, Result result) throws Exception {
        jenkins.assertBuildStatus(result, jenkins.waitForCompletion(start(jenkins, name)));
    }

    @Test
    void nothingThatABuildLeavesHoldsASecret(JenkinsRule jenkins) throws Exception {
        try (EveryLog log = new EveryLog()) {
            fixture.configure();
            run(jenkins, "succeeds", Result.SUCCESS);
            freestyle(jenkins);

            tencent.images().fail(true);
            run(jenkins, "fails", Result.FAILURE);
            tencent.images().fail(false);

            fixture.server.faults().next("CreateImage", Fault.THROTTLED);
            fixture.server.faults().next("DescribeImages", Fault.THROTTLED);
            run(jenkins, "is-throttled", Result.SUCCESS);

            tencent.images().take(java.time.Duration.ofHours(1));
            WorkflowRun aborted = start(jenkins, "is-aborted");
            jenkins.waitForMessage("is being made as", aborted);
            assertClean(jenkins, log);
            aborted.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
            tencent.images().take(java.time.Duration.ofMillis(500));

            for (Echo kind : List.of(Echo.MESSAGE, Echo.CODE, Echo.IDS, Echo.NO_JSON, Echo.AT_THE_CUT)) {
                meetTalkative(jenkins, "CreateImage", kind);
            }
            meetTalkative(jenkins, "DescribeImages", Echo.SUCCESS);
            assertClean(jenkins, log);
        }
        assertPages(jenkins);
    }

    private void freestyle(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("freestyle");
        job.getBuildersList()
                .add(new CreateCloudImageBuilder(fixture.settings(), fixture.credentialsId(), "freestyle"));
        jenkins.buildAndAssertSuccess(job);
    }

    /** It goes on telling until the build has seen it, and then behaves, or the build is stopped. */
    private void meetTalkative(JenkinsRule jenkins, String action, Echo kind) throws Exception {
        echo = kind;
        talkative = action;
        long before = fixture.server.count(action);
        WorkflowRun run = start(jenkins, action + "-" + kind);
        CloudFixture.await(() -> fixture.server.count(action) > before + 1 || !run.isBuilding());
        talkative = "";
        if (run.isBuilding()) {
            run.doStop();
        }
        jenkins.waitForCompletion(run);
    }

    private void assertClean(JenkinsRule jenkins, EveryLog log) throws IOException {
        canary.assertNotIn("The system log", log.text());
        AtomicInteger files = new AtomicInteger();
        Path home = jenkins.jenkins.getRootDir().toPath();
        HomeFiles.visit(jenkins.jenkins, (file, text) -> {
            if (!home.relativize(file).startsWith("plugins")) {
                files.incrementAndGet();
                canary.assertNotIn(file.toString(), text);
            }
        });
        assertTrue(files.get() > 50, "Too few files were looked at");
    }

    private void assertPages(JenkinsRule jenkins) throws Exception {
        int pages = 0;
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.setJavaScriptEnabled(false);
            for (String address : List.of("manage/cloud-images/", "api/json?depth=4", "manage/configure")) {
                canary.assertNotIn(address, text(browser, address));
                pages++;
            }
            for (hudson.model.Job<?, ?> job : jenkins.jenkins.getAllItems(hudson.model.Job.class)) {
                for (Run<?, ?> run : job.getBuilds()) {
                    for (String address :
                            List.of("", "cloud-images/", "cloud-images/api/json", "consoleText", "api/xml?depth=3")) {
                        canary.assertNotIn(address, text(browser, run.getUrl() + address));
                        pages++;
                    }
                }
                canary.assertNotIn("config.xml", text(browser, job.getUrl() + "config.xml"));
                canary.assertNotIn("The job's page", text(browser, job.getUrl()));
                canary.assertNotIn("The job's images", text(browser, job.getUrl() + "cloud-images/"));
            }
        }
        System.out.println("Canary in Jenkins: " + pages + " pages");
    }

    private static String text(JenkinsRule.WebClient browser, String address) throws Exception {
        return browser.goTo(address, null).getWebResponse().getContentAsString();
    }
}

package io.jenkins.plugins.cloudimage.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.core.canary.Echo;
import io.jenkins.plugins.cloudimage.simulator.Answer;
import io.jenkins.plugins.cloudimage.simulator.FakeCloud;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Received;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Names, states, ids and errors that are markup, from a job as well as from a cloud, on every page that shows them. */
@WithJenkins
class MarkupTest {
    private static final String MARKUP = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>";
    /** With a documented code: any other might have had a side effect, and would be retried. */
    private static final Answer REFUSAL = Answer.json(
            200,
            "{\"Response\":{\"Error\":{\"Code\":\"InvalidParameterValue\",\"Message\":\"no\"},\"RequestId\":\"r\"}}");

    private static final String NAME = "<b onclick=alert(3)>web</b>";

    private final SimulatedCloud<FakeTencentCloud> tencent = SimulatedCloud.tencentCloud(Clock.systemUTC());
    private Echo echo;
    private String hostile = "";
    private final CloudFixture<FakeCloud> fixture = new CloudFixture<>(new SimulatedCloud<>(
            tencent.id(), new Hostile(), tencent.images(), tencent.key(), tencent.request(), tencent.settings()));

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** Answers with markup where a test wants. */
    private final class Hostile implements FakeCloud {
        @Override
        public String action(Received request) {
            return tencent.cloud().action(request);
        }

        @Override
        public Answer answer(Received request) {
            Answer answer = tencent.cloud().answer(request);
            return action(request).equals(hostile) ? echo.of(REFUSAL, answer, MARKUP) : answer;
        }

        @Override
        public Answer throttled() {
            return tencent.cloud().throttled();
        }
    }

    private WorkflowRun start(JenkinsRule jenkins, String job, String arguments) throws Exception {
        WorkflowJob created = jenkins.createProject(WorkflowJob.class, job);
        created.setDefinition(new CpsFlowDefinition(fixture.pipelineStep(arguments), true));
        return created.scheduleBuild2(0).waitForStart();
    }

    @Test
    void noPageTakesThemForMarkup(JenkinsRule jenkins) throws Exception {
        fixture.configure();
        jenkins.assertBuildStatus(
                Result.SUCCESS, jenkins.waitForCompletion(start(jenkins, "name", "imageName: '" + NAME + "'")));

        hostile = "CreateImage";
        echo = Echo.MESSAGE;
        jenkins.assertBuildStatus(
                Result.FAILURE, jenkins.waitForCompletion(start(jenkins, "error", "imageName: 'error'")));

        hostile = "DescribeImages";
        echo = Echo.SUCCESS;
        tencent.images().take(Duration.ofHours(1));
        WorkflowRun waiting = start(jenkins, "state", "imageName: 'state'");
        jenkins.waitForMessage("onerror", waiting);

        assertPages(jenkins);
        hostile = "";
        waiting.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(waiting));
    }

    private void assertPages(JenkinsRule jenkins) throws Exception {
        List<String> alerts = new CopyOnWriteArrayList<>();
        int shown = 0;
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.setAlertHandler((page, message) -> alerts.add(message));
            for (String job : List.of("name", "error", "state")) {
                for (String page : List.of("", "cloud-images/", "1/", "1/cloud-images/", "1/console", "1/steps/")) {
                    String html = browser.goTo("job/" + job + "/" + page, null)
                            .getWebResponse()
                            .getContentAsString();
                    assertFalse(html.contains("<img src=x"), () -> job + "/" + page + ": " + html);
                    assertFalse(html.contains("<script>alert("), () -> job + "/" + page + ": " + html);
                    assertFalse(html.contains("<b onclick"), () -> job + "/" + page + ": " + html);
                    shown += html.contains("&lt;") ? 1 : 0;
                }
            }
            String ledger =
                    browser.goTo("manage/cloud-images/", null).getWebResponse().getContentAsString();
            assertFalse(ledger.contains("<img src=x"), ledger);
            assertFalse(ledger.contains("<script>alert("), ledger);
        }
        assertEquals(List.of(), alerts);
        assertFalse(shown < 3, "The pages do not show what they should");
    }

    @Test
    void noVariableReachesBeyondItsName(JenkinsRule jenkins) throws Exception {
        fixture.configure();
        for (String variable :
                List.of("../x", "a b", "PATH", "LD_PRELOAD", "x=y", "x; id", "$(id)", "<b>", "..%2fx", "x/../y")) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    fixture.pipelineStep("imageName: 'web', variable: '" + variable + "'"), true));

            jenkins.buildAndAssertStatus(Result.FAILURE, job);
        }
        assertEquals(0, fixture.server.count("CreateImage"));
    }

    /** A region becomes a part of a host name, and the key goes to that host. */
    @Test
    void noRegionAndNoEndpointOfAJobLeadsToAnotherHost(JenkinsRule jenkins) throws Exception {
        fixture.configure();
        for (String cloud : List.of(
                "alibabaEcs(region: '127.0.0.1:1/#', instanceId: 'i-1')",
                "tencentCloud(region: 'x@127.0.0.1/-fsi', instanceId: 'ins-1')",
                "tencentCloud(region: 'ap-guangzhou', endpoint: '" + fixture.server.endpoint()
                        + "', instanceId: 'ins-1')",
                "jdCloud(region: '../../x', instanceId: 'i-1')")) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(
                    "createCloudImage(credentialsId: '" + fixture.credentialsId() + "', cloud: " + cloud
                            + ", imageName: 'web')",
                    true));

            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            jenkins.assertLogNotContains("No response from", run);
            jenkins.assertLogNotContains("does not resolve", run);
        }
        assertEquals(0, fixture.server.calls().size());
    }
}

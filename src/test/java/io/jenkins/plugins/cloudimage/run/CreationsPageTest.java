package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators see of the ledger, and nobody else does. */
@WithJenkins
class CreationsPageTest {
    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    @Test
    void administratorsSeeWhatIsUnderWayAndNobodyElseDoes(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(TencentFixture.step("imageName: '<b>web</b>'"), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.login("admin");
            String page = browser.goTo("manage/cloud-images/").asNormalizedText();
            assertTrue(page.contains("bake"), page);
            assertTrue(page.contains("#1"), page);
            assertTrue(page.contains("<b>web</b>"), page);
            assertTrue(page.contains("Being made"), page);
            assertTrue(page.contains("Tencent Cloud") && page.contains("ap-guangzhou"), page);
            assertEquals(
                    HttpURLConnection.HTTP_NOT_FOUND,
                    browser.goTo("manage/cloud-images/forget?key=x", null)
                            .getWebResponse()
                            .getStatusCode());
            browser.login("reader");
            assertEquals(
                    HttpURLConnection.HTTP_FORBIDDEN,
                    browser.goTo("manage/cloud-images/", null).getWebResponse().getStatusCode());
        }
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    /** A record of a build that is gone, of which something is left for a person. */
    private Creation stuck() {
        CloudError error = CloudError.of(ErrorKind.PERMISSION, SideEffect.NONE)
                .message("<b>Not allowed</b>")
                .advice("Allow StartInstances.")
                .code("UnauthorizedOperation", "r-2");
        return TestRecords.ended(
                TestRecords.planned(
                        "gone/bake#7",
                        tencent.simulated.request(),
                        Instant.now().minusSeconds(100_000)),
                Phase.DONE,
                TestRecords.image("img-1", ImageStatus.Ownership.PROVEN),
                List.of(),
                Outcome.ABORTED,
                List.of(
                        new CleanupTask(CleanupTask.Kind.START_INSTANCE, CleanupTask.State.NEEDS_PERSON, error),
                        new CleanupTask(CleanupTask.Kind.DELETE_IMAGE, CleanupTask.State.DONE, null)));
    }

    private static void cleanUp() throws Exception {
        ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
    }

    @Test
    void whatNeedsAPersonIsToldInWordsUntilAnAdministratorForgetsIt(JenkinsRule jenkins) throws Exception {
        Creation creation = stuck();
        TestRecords.save(creation);
        cleanUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            browser.login("admin");
            String warning = browser.goTo("manage/").asNormalizedText();
            assertTrue(warning.contains("a person has to clean up after one image"), warning);
            String page = browser.goTo("manage/cloud-images/").asNormalizedText();
            for (String word : List.of(
                    "gone/bake#7",
                    "The job was deleted.",
                    "Aborted",
                    "Start the instance " + creation.request().instanceId() + " again",
                    "Needs an administrator",
                    "The access key lacks a permission",
                    "<b>Not allowed</b>",
                    "→ Allow StartInstances.",
                    "Retry now",
                    "Delete the image img-1",
                    "Clean up",
                    "Forget",
                    "1 day 3 hr")) {
                assertTrue(page.contains(word), word + " in " + page);
            }
            assertFalse(page.contains("NEEDS_PERSON") || page.contains("START_INSTANCE"), page);

            browser.login("manager");
            assertEquals(HttpURLConnection.HTTP_FORBIDDEN, post(browser, "forget?key=" + creation.key()));
            assertEquals(1, CreationService.get().all().size());

            browser.login("admin");
            assertEquals(HttpURLConnection.HTTP_OK, post(browser, "forget?key=" + creation.key()));
            assertEquals(List.of(), CreationService.get().all());
            assertFalse(ExtensionList.lookupSingleton(AttentionMonitor.class).isActivated());
        }
    }

    @Test
    void programsReadTheSameAsPeople(JenkinsRule jenkins) throws Exception {
        Creation stuck = stuck();
        TestRecords.save(stuck);
        Creation copied = TestRecords.ended(
                TestRecords.planned("gone/bake#8", tencent.simulated.request(), Instant.now()),
                Phase.DONE,
                null,
                List.of("img-2", "img-3"),
                Outcome.FAILED,
                List.of(new CleanupTask(CleanupTask.Kind.FIND_IMAGE, CleanupTask.State.NEEDS_PERSON, null)));
        TestRecords.save(copied);
        TestRecords.saveUnreadable("6f9619ff-8b86-d011-b42d-00cf4fc964ff.json");

        JSONObject json = jenkins.getJSON("manage/cloud-images/api/json").getJSONObject();

        assertEquals(0, json.getInt("fenced"));
        assertTrue(json.getJSONArray("unreadable")
                .getJSONObject(0)
                .getString("file")
                .contains("6f9619ff"));
        JSONArray creations = json.getJSONArray("creations");
        JSONObject first = creations.getJSONObject(0);
        assertEquals(stuck.key(), first.getString("key"));
        assertEquals("aborted", first.getString("state"));
        assertEquals("proven", first.getString("ownership"));
        assertEquals(true, first.getBoolean("needsDecision"));
        JSONObject task = first.getJSONArray("tasks").getJSONObject(0);
        assertEquals("start_instance", task.getString("kind"));
        assertEquals("needs_person", task.getString("state"));
        assertEquals("PERMISSION", task.getString("errorKind"));
        assertEquals("UnauthorizedOperation", task.getString("errorCode"));
        assertTrue(task.getString("error").endsWith("→ Allow StartInstances."), task.getString("error"));
        assertEquals("done", first.getString("phase"));
        assertEquals(true, first.getBoolean("mayRetry"));
        JSONObject second = creations.getJSONObject(1);
        assertEquals(List.of("img-2", "img-3"), second.getJSONArray("candidates"));
    }

    @Test
    void aRetryStartsTheInstanceThatWaitedForAPerson(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        String instance = tencent.simulated.request().instanceId();
        tencent.cloud.instances().addStopped(instance);
        Creation creation = stuck();
        TestRecords.save(creation);
        cleanUp();
        assertEquals(0, tencent.server.count("StartInstances"));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("manage/cloud-images/");
            page.<HtmlButton>getFirstByXPath("//form[@action='retry']//button").click();
        }

        TencentFixture.await(() -> CreationService.get().all().isEmpty());
        assertEquals(1, tencent.server.count("StartInstances"));
        assertEquals(
                FakeInstances.Power.RUNNING,
                tencent.cloud.instances().power(instance).orElseThrow());
    }

    @Test
    void aRetryOfNothingChangesNothing(JenkinsRule jenkins) throws Exception {
        Creation planned = TestRecords.planned("gone/bake#7", tencent.simulated.request(), Instant.now());
        TestRecords.save(planned);

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            assertEquals(HttpURLConnection.HTTP_OK, post(browser, "retry?key=" + planned.key()));
            assertEquals(HttpURLConnection.HTTP_OK, post(browser, "retry?key=6f9619ff-8b86-d011-b42d-00cf4fc964ff"));
            assertEquals(HttpURLConnection.HTTP_BAD_REQUEST, post(browser, "retry?key=../../secret"));
            String page = browser.goTo("manage/cloud-images/").asNormalizedText();
            assertFalse(page.contains("Retry now"), page);
        }

        assertEquals(List.of(planned), CreationService.get().all());
    }

    @Test
    void administratorsAreToldOnlyOfWhatNeedsThem(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        Fault[] faults = new Fault[100];
        Arrays.fill(faults, Fault.THROTTLED);
        tencent.server.faults().next("StartInstances", faults);
        tencent.cloud.instances().addStopped(tencent.simulated.request().instanceId());
        Creation open = TestRecords.ended(
                TestRecords.planned("gone/bake#7", tencent.simulated.request(), Instant.now()),
                Phase.CLEANING_UP,
                null,
                List.of(),
                Outcome.FAILED,
                List.of(new CleanupTask(CleanupTask.Kind.START_INSTANCE, CleanupTask.State.OPEN, null)));
        TestRecords.save(open);

        cleanUp();
        TencentFixture.await(() -> tencent.server.count("StartInstances") > 0);
        cleanUp();
        assertFalse(ExtensionList.lookupSingleton(AttentionMonitor.class).isActivated());

        TestRecords.saveUnreadable("6f9619ff-8b86-d011-b42d-00cf4fc964ff.json");
        cleanUp();
        assertTrue(ExtensionList.lookupSingleton(AttentionMonitor.class).isActivated());
    }

    @Test
    void whatIsUnderWayCannotBeForgotten(JenkinsRule jenkins) throws Exception {
        Creation planned = TestRecords.planned("gone/bake#7", tencent.simulated.request(), Instant.now());
        TestRecords.save(planned);

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            assertEquals(HttpURLConnection.HTTP_OK, post(browser, "forget?key=" + planned.key()));
            assertEquals(HttpURLConnection.HTTP_BAD_REQUEST, post(browser, "forget?key=../../secret"));
        }

        assertEquals(List.of(planned), CreationService.get().all());
    }

    private static int post(JenkinsRule.WebClient browser, String action) throws Exception {
        WebRequest request = new WebRequest(browser.createCrumbedUrl("manage/cloud-images/" + action), HttpMethod.POST);
        return browser.getPage(request).getWebResponse().getStatusCode();
    }
}

package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Chore;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.creation.Options;
import io.jenkins.plugins.cloudimage.core.creation.Origin;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.creation.Progress;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
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

    /** A record of a build that is gone, of which the clean-up has given something up. */
    private Creation givenUp() {
        Creation planned = Creation.plan(
                new Origin("gone/bake#7", "tencent", null),
                tencent.simulated.request(),
                Options.DEFAULTS,
                Instant.now().minusSeconds(100_000),
                Duration.ofHours(1));
        CloudError error = CloudError.of(ErrorKind.PERMISSION, Acted.NO)
                .message("<b>Not allowed</b>")
                .advice("Allow StartInstances.");
        return new Creation(
                planned.key(),
                planned.origin(),
                planned.request(),
                planned.options(),
                planned.token(),
                planned.started(),
                planned.deadline(),
                new Progress(
                        Phase.DONE,
                        planned.started(),
                        null,
                        false,
                        0,
                        null,
                        0,
                        null,
                        "img-1",
                        false,
                        null,
                        null,
                        Outcome.ABORTED,
                        null,
                        planned.started(),
                        List.of(
                                new Chore(Chore.Task.START_MACHINE, Chore.State.GIVEN_UP, error),
                                new Chore(Chore.Task.DELETE_IMAGE, Chore.State.DONE, null)),
                        List.of()));
    }

    @Test
    void whatWasGivenUpIsToldInWordsUntilAnAdministratorForgetsIt(JenkinsRule jenkins) throws Exception {
        Creation creation = givenUp();
        new Ledger(jenkins.jenkins.getRootDir().toPath().resolve("cloud-image/creations"), JenkinsClouds.get())
                .save(creation);
        ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
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
            assertTrue(browser.goTo("manage/").asNormalizedText().contains("given up at one image"));
            String page = browser.goTo("manage/cloud-images/").asNormalizedText();
            for (String word : List.of(
                    "gone/bake#7",
                    "The job was deleted.",
                    "Aborted",
                    "Start the machine " + creation.request().instanceId() + " again",
                    "Given up",
                    "<b>Not allowed</b> → Allow StartInstances.",
                    "Delete the image img-1",
                    "1 day 3 hr")) {
                assertTrue(page.contains(word), word + " in " + page);
            }

            browser.login("manager");
            assertEquals(HttpURLConnection.HTTP_FORBIDDEN, forget(browser, creation.key()));
            assertEquals(1, CreationService.get().all().size());

            browser.login("admin");
            assertEquals(HttpURLConnection.HTTP_OK, forget(browser, creation.key()));
            assertEquals(List.of(), CreationService.get().all());
            assertFalse(ExtensionList.lookupSingleton(GivenUpMonitor.class).isActivated());
        }
    }

    @Test
    void whatIsUnderWayCannotBeForgotten(JenkinsRule jenkins) throws Exception {
        Creation planned = Creation.plan(
                new Origin("gone/bake#7", "tencent", null),
                tencent.simulated.request(),
                Options.DEFAULTS,
                Instant.now(),
                Duration.ofHours(1));
        new Ledger(jenkins.jenkins.getRootDir().toPath().resolve("cloud-image/creations"), JenkinsClouds.get())
                .save(planned);

        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            assertEquals(HttpURLConnection.HTTP_OK, forget(browser, planned.key()));
        }

        assertEquals(List.of(planned), CreationService.get().all());
    }

    private static int forget(JenkinsRule.WebClient browser, String key) throws Exception {
        WebRequest request =
                new WebRequest(browser.createCrumbedUrl("manage/cloud-images/forget?key=" + key), HttpMethod.POST);
        return browser.getPage(request).getWebResponse().getStatusCode();
    }
}

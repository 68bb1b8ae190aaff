package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.canary.Canary;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is sent with a bug report tells what is needed, and no secret. */
@WithJenkins
class SupportBundleTest {
    private static final String ACCOUNT = "100001234567";
    private final TencentFixture tencent = new TencentFixture();
    private final Canary canary = new Canary(tencent.simulated.key());
    private final List<LogRecord> before = Jenkins.logRecords;

    @AfterEach
    void stop() {
        Jenkins.logRecords = before;
        tencent.close();
    }

    private Creation failed() {
        CloudError error = CloudError.of(ErrorKind.PERMISSION, SideEffect.NONE)
                .message("Not allowed for uin/" + ACCOUNT + "; SecretId=" + FakeTencentCloud.SECRET_ID + "&SecretKey="
                        + FakeTencentCloud.SECRET_KEY)
                .code("UnauthorizedOperation", "r-2");
        return TestRecords.ended(
                TestRecords.planned("gone/bake#7", tencent.simulated.request(), Instant.now()),
                Phase.DONE,
                TestRecords.image("img-1", ImageStatus.Ownership.PROVEN),
                List.of(),
                Outcome.ABORTED,
                List.of(new CleanupTask(CleanupTask.Kind.DELETE_IMAGE, CleanupTask.State.NEEDS_PERSON, error)));
    }

    private static LogRecord logged(String logger, Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName(logger);
        entry.setThrown(new IllegalStateException("secretKey: " + FakeTencentCloud.SECRET_KEY));
        return entry;
    }

    private static String download(JenkinsRule jenkins) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("manage/cloud-images/");
            WebResponse response = page.<HtmlButton>getFirstByXPath("//form[@action='supportBundle']//button")
                    .click()
                    .getWebResponse();
            assertEquals("text/plain", response.getContentType());
            assertTrue(response.getResponseHeaderValue("Content-Disposition").startsWith("attachment"));
            return response.getContentAsString();
        }
    }

    @Test
    void itTellsWhatIsNeededAndNoSecret(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        Creation creation = failed();
        TestRecords.save(creation);
        Jenkins.logRecords = List.of(
                logged(
                        "io.jenkins.plugins.cloudimage.core.creation.Saving",
                        Level.SEVERE,
                        "The disk is full for " + ACCOUNT),
                logged("io.jenkins.plugins.cloudimage.run.Delivery", Level.INFO, "An everyday event"),
                logged("org.example.Other", Level.SEVERE, "Nothing of ours"));

        String text = download(jenkins);

        for (String part : List.of(
                "Jenkins: " + Jenkins.getVersion(),
                "java.version: " + System.getProperty("java.version"),
                "pollSeconds: 1",
                "cloud: tencentCloud",
                "url: " + tencent.server.endpoint(),
                creation.key(),
                "gone/bake#7",
                "img-1",
                "UnauthorizedOperation",
                "needs_person",
                Long.toString(creation.plan().started().toEpochMilli()),
                "The disk is full for ****",
                "IllegalStateException")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
        canary.assertNotIn("The support bundle", text);
        for (String hidden : List.of(
                FakeTencentCloud.SECRET_ID,
                ACCOUNT,
                CreationService.hash(FakeTencentCloud.SECRET_ID),
                creation.plan().token(),
                "An everyday event",
                "Nothing of ours")) {
            assertFalse(text.contains(hidden), hidden + " in " + text);
        }
    }
}

package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.cloudimage.TencentFixture;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.xml.sax.SAXException;

/** What a build shows and tells of its images. */
@WithJenkins
class BuildPageTest {
    private static final String HOSTILE = "<script>alert(1)</script>&amp;\"'";

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
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private String id() {
        return tencent.cloud.images().all().get(0).id();
    }

    private static JsonNode json(JenkinsRule.WebClient browser, String url) throws IOException, SAXException {
        return new ObjectMapper()
                .readTree(browser.goTo(url, "application/json").getWebResponse().getContentAsString());
    }

    @Test
    void theCardSaysWhatTheImageIs() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(
                jenkins.waitForCompletion(start(TencentFixture.step("imageName: 'web-1', variable: 'BAKED'"))));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            for (String page : List.of(run.getUrl(), run.getUrl() + "cloud-images/")) {
                HtmlPage html = browser.goTo(page);
                String text = html.getElementById("main-panel").asNormalizedText();
                for (String word : List.of(
                        "web-1", "Ready", id(), "Tencent Cloud, ap-guangzhou", "ins-6pb6lrmy", "Took ", "BAKED")) {
                    assertTrue(text.contains(word), word + " in " + text);
                }
                assertFalse(text.contains("so far"), text);
                assertEquals(
                        1, html.getByXPath("//button[@text='" + id() + "']").size(), "a button that copies the id");
                assertNotNull(
                        html.getFirstByXPath(
                                "//a[@href='https://console.cloud.tencent.com/cvm/image/detail/ap-guangzhou/" + id()
                                        + "']"),
                        "a link to the console");
                assertNotNull(
                        html.getFirstByXPath("//div[@id='side-panel']//a[contains(@href, 'cloud-images')]"),
                        "a link in the side panel");
            }
        }
    }

    @Test
    void theNewBuildPageHasATabAndACardAndALine() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(start(TencentFixture.STEP)));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("dev", true).addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", "true")));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.login("dev");
            HtmlPage html = browser.getPage(run);
            String url = jenkins.contextPath + "/" + run.getUrl() + "cloud-images";
            assertNotNull(html.getFirstByXPath("//div[@class='app-build-tabs']/a[@href='" + url + "']"));
            assertNotNull(html.getFirstByXPath("//a[@class='jenkins-details__item' and @href='" + url + "/']"));
            assertTrue(
                    html.getElementById("main-panel").asNormalizedText().contains("Cloud image web-1: Ready"),
                    html.asNormalizedText());
            assertEquals(1, html.getByXPath("//button[@text='" + id() + "']").size(), "one card, not two");
            assertTrue(browser.goTo(run.getUrl() + "cloud-images/")
                    .asNormalizedText()
                    .contains(id()));
        }
    }

    @Test
    void namesFromOutsideAreText() throws Exception {
        WorkflowRun run = start(TencentFixture.step("imageName: '" + HOSTILE.replace("'", "\\'") + "'"));
        jenkins.waitForCompletion(run);

        // Without scripts, for the part that is fetched alone is no page that brings Jenkins' own.
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            for (String page : List.of(
                    run.getUrl(),
                    run.getUrl() + "cloud-images/",
                    run.getUrl() + "cloud-images/cards",
                    run.getParent().getUrl() + "cloud-images/")) {
                HtmlPage html = browser.goTo(page);
                assertFalse(html.getWebResponse().getContentAsString().contains("<script>alert"), page);
                assertTrue(html.asNormalizedText().contains(HOSTILE), page + html.asNormalizedText());
            }
        }
    }

    @Test
    void whileItWaitsThePageSaysForWhatAndIsKeptUpToDate() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowRun run = start(TencentFixture.STEP);
        jenkins.waitForMessage(" is CREATING", run);

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage html = browser.goTo(run.getUrl() + "cloud-images/");
            String text = html.getElementById("main-panel").asNormalizedText();
            assertTrue(text.matches("(?s).*Being created\\s+CREATING\\s+50%\\s+for .*so far.*"), text);
            JsonNode image = json(browser, run.getUrl() + "cloud-images/api/json")
                    .path("images")
                    .path(0);
            assertEquals("building", image.path("state").asText());
            assertEquals("building", image.path("phase").asText());
            assertEquals("CREATING", image.path("cloudState").asText());
            assertTrue(image.path("ended").isNull(), image.toString());

            run.doStop();
            jenkins.waitForCompletion(run);
            TencentFixture.await(() -> !run.getAction(CloudImageAction.class).isLive());
            // What the page's script fetches every few seconds.
            browser.getOptions().setJavaScriptEnabled(false);
            HtmlPage fresh = browser.goTo(run.getUrl() + "cloud-images/cards");
            assertTrue(fresh.asNormalizedText().contains("Aborted"), fresh.asNormalizedText());
            for (String part : List.of("state", "details")) {
                String path = "//div[starts-with(@id, 'cloud-image-" + part + "')]/@data-value";
                assertNotEquals(
                        html.<DomAttr>getFirstByXPath(path).getValue(),
                        fresh.<DomAttr>getFirstByXPath(path).getValue(),
                        "the script sees that the " + part + " changed");
            }
        }
    }

    @Test
    void anErrorIsShown() throws Exception {
        tencent.cloud.images().fail(true);
        WorkflowRun run = jenkins.waitForCompletion(start(TencentFixture.STEP));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            String text = browser.goTo(run.getUrl() + "cloud-images/").asNormalizedText();
            assertTrue(text.contains("Failed"), text);
            assertTrue(text.contains("The image " + id() + " has the state CREATEFAILED"), text);
            assertTrue(json(browser, run.getUrl() + "cloud-images/api/json")
                    .path("images")
                    .path(0)
                    .path("error")
                    .asText()
                    .contains("CREATEFAILED"));
        }
    }

    @Test
    void theApiOfTheBuildAndOfThePageTellTheSame() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(start(TencentFixture.STEP)));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            JsonNode page =
                    json(browser, run.getUrl() + "cloud-images/api/json").path("images");
            JsonNode build = json(browser, run.getUrl() + "api/json").path("actions");
            JsonNode job = json(browser, "job/bake/cloud-images/api/json")
                    .path("builds")
                    .path(0);

            JsonNode image = page.path(0);
            assertEquals("tencentCloud", image.path("cloud").asText());
            assertEquals("ap-guangzhou", image.path("region").asText());
            assertEquals("web-1", image.path("name").asText());
            assertEquals(id(), image.path("id").asText());
            assertEquals("ready", image.path("state").asText());
            assertEquals("done", image.path("phase").asText());
            assertEquals("NORMAL", image.path("cloudState").asText());
            assertEquals("ins-6pb6lrmy", image.path("sourceInstanceId").asText());
            assertEquals("CLOUD_IMAGE_ID", image.path("variable").asText());
            assertEquals(
                    image.path("duration").asLong(),
                    image.path("ended").asLong() - image.path("started").asLong());
            assertEquals(
                    "https://console.cloud.tencent.com/cvm/image/detail/ap-guangzhou/" + id(),
                    image.path("consoleUrl").asText());
            assertTrue(image.path("error").isNull());
            assertEquals(1, page.size());
            assertTrue(build.findValues("images").contains(page), build.toString());
            assertEquals(1, job.path("number").asInt());
            assertEquals(page, job.path("images"));
            assertNull(json(browser, "job/bake/api/json").findValue("images"), "a job's API loads no builds for it");
        }
    }

    @Test
    void whoMayNotReadTheJobLearnsNothing() throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(start(TencentFixture.STEP)));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.DISCOVER)
                .everywhere()
                .to("passer-by")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));

        assertEquals(HttpURLConnection.HTTP_NOT_FOUND, statuses(run, null));
        assertEquals(HttpURLConnection.HTTP_FORBIDDEN, statuses(run, "passer-by"));
        assertEquals(HttpURLConnection.HTTP_OK, statuses(run, "reader"));
    }

    private int statuses(Run<?, ?> run, String user) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)) {
            if (user != null) {
                browser.login(user);
            }
            List<Integer> statuses = new ArrayList<>();
            for (String page : List.of(
                    run.getUrl() + "cloud-images/",
                    run.getUrl() + "cloud-images/cards",
                    run.getUrl() + "cloud-images/api/json",
                    run.getParent().getUrl() + "cloud-images/",
                    run.getParent().getUrl() + "cloud-images/api/json")) {
                statuses.add(browser.goTo(page, null).getWebResponse().getStatusCode());
            }
            assertEquals(1, statuses.stream().distinct().count(), statuses.toString());
            return statuses.get(0);
        }
    }
}

package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.tencent.TencentProvider;
import java.time.Instant;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The images of a job's last builds. */
@WithJenkins
class ProjectImagesTest {
    private static final String LINK = "//div[@id='side-panel']//a[contains(@href, 'cloud-images')]";

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

    /** Lets a build have an image without any cloud. */
    private void give(Run<?, ?> run) {
        Creation planned = TestRecords.planned(run, tencent.simulated.request(), Instant.now());
        CloudImageAction action = new CloudImageAction();
        run.addAction(action);
        action.put(planned, TencentProvider.ID, OutputSettings.DEFAULT, Instant.now());
    }

    @Test
    void theLastBuildsAreListedTheNewestFirst() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(TencentFixture.step("imageName: \"web-${env.BUILD_NUMBER}\""), true));
        jenkins.buildAndAssertSuccess(job);
        tencent.cloud.images().fail(true);
        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.goTo("job/bake/cloud-images/");
            String text = page.getElementById("main-panel").asNormalizedText();
            assertTrue(text.matches("(?s).*#2\\s+Failed\\s+web-2.*#1\\s+Ready\\s+web-1.*"), text);
            tencent.cloud.images().all().forEach(image -> assertTrue(text.contains(image.id()), text));
            assertNotNull(browser.goTo("job/bake/").getFirstByXPath(LINK), "a link in the side panel");
        }
    }

    @Test
    void aJobWithoutImagesIsNotBotheredWithALink() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("compile");
        jenkins.buildAndAssertSuccess(job);

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            assertNull(browser.goTo("job/compile/").getFirstByXPath(LINK));
            assertTrue(browser.goTo("job/compile/cloud-images/")
                    .asNormalizedText()
                    .contains("None of the last builds has a cloud image."));
        }
    }

    @Test
    void aBuildThatFailedBeforeItsImageDoesNotHideTheOthers() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("bake");
        give(jenkins.buildAndAssertSuccess(job));
        job.getBuildersList().add(new FailureBuilder());
        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));

        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            assertNotNull(browser.goTo("job/bake/").getFirstByXPath(LINK));
        }
    }

    @Test
    void olderBuildsAreNotLookedAt() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("bake");
        for (int number = 1; number <= ProjectImages.BUILDS + 2; number++) {
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
            give(build);
        }

        List<Integer> numbers = job.getAction(ProjectImages.class).getBuilds().stream()
                .map(ProjectImages.BuildImages::getNumber)
                .toList();

        assertEquals(ProjectImages.BUILDS, numbers.size());
        assertEquals(ProjectImages.BUILDS + 2, numbers.get(0));
        assertFalse(numbers.contains(2), numbers.toString());
    }
}

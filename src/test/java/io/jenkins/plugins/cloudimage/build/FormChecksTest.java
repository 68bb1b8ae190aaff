package io.jenkins.plugins.cloudimage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.cloud.CloudSettingsDescriptor;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import java.util.List;
import java.util.stream.Collectors;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form's fields beside the cloud's own, checked by the rules of the cloud that is chosen. */
@WithJenkins
class FormChecksTest {
    private static final int PATIENCE = 20_000;

    private JenkinsRule jenkins;
    private CreateCloudImageBuilder.DescriptorImpl form;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        form = jenkins.jenkins.getDescriptorByType(CreateCloudImageBuilder.DescriptorImpl.class);
    }

    private static void assertKind(FormValidation.Kind kind, FormValidation check) {
        assertEquals(kind, check.kind, check.toString());
    }

    private void assertLongestName(int length, String cloud) {
        assertKind(FormValidation.Kind.OK, form.doCheckImageName("x".repeat(length), cloud, false));
        assertKind(FormValidation.Kind.ERROR, form.doCheckImageName("x".repeat(length + 1), cloud, false));
        assertKind(FormValidation.Kind.ERROR, form.doCheckImageName("", cloud, false));
        assertKind(FormValidation.Kind.OK, form.doCheckImageName("${NAME}-" + "x".repeat(length), cloud, false));
    }

    @Test
    void theNameKeepsToTheRulesOfTheChosenCloud() {
        assertLongestName(32, "jdCloud");
        assertLongestName(60, "tencentCloud");
        assertLongestName(16, "qcloud");
        assertLongestName(128, "apsaraStack");
        assertLongestName(128, "alibabaEns");
        assertLongestName(128, "alibabaEcs");
        assertKind(FormValidation.Kind.ERROR, form.doCheckImageName("http://web", "alibabaEcs", false));
        assertKind(FormValidation.Kind.WARNING, form.doCheckImageName("web.1", "jdCloud", false));
    }

    @Test
    void theDescriptionKeepsToTheRulesOfTheChosenCloud() {
        assertKind(FormValidation.Kind.OK, form.doCheckDescription("", "qcloud"));
        assertKind(FormValidation.Kind.OK, form.doCheckDescription("x".repeat(44), "qcloud"));
        assertKind(FormValidation.Kind.ERROR, form.doCheckDescription("x".repeat(45), "qcloud"));
        assertKind(FormValidation.Kind.OK, form.doCheckDescription("x".repeat(236), "tencentCloud"));
        assertKind(FormValidation.Kind.ERROR, form.doCheckDescription("x".repeat(237), "tencentCloud"));
        assertKind(FormValidation.Kind.ERROR, form.doCheckDescription("x", "alibabaEcs"));
        assertKind(FormValidation.Kind.OK, form.doCheckDescription("$X", "alibabaEcs"));
    }

    /** Snippets have texts in single quotes. */
    @Test
    void aVariableInASnippetIsPointedOut() {
        assertKind(FormValidation.Kind.WARNING, form.doCheckImageName("web-${BUILD_NUMBER}", "tencentCloud", true));
        assertKind(FormValidation.Kind.OK, form.doCheckImageName("web-${BUILD_NUMBER}", "tencentCloud", false));
        assertKind(FormValidation.Kind.OK, form.doCheckImageName("web-1", "tencentCloud", true));
        assertTrue(
                form.doCheckImageName("${X}", "tencentCloud", true).getMessage().contains("${env.BUILD_NUMBER}"));
    }

    @Test
    void nothingIsSaidForACloudThatDoesNotExist() {
        for (String cloud : new String[] {null, "", "java.lang.Runtime", TencentCloudSettings.class.getName()}) {
            assertKind(FormValidation.Kind.OK, form.doCheckImageName("x".repeat(1000), cloud, false));
            assertKind(FormValidation.Kind.OK, form.doCheckDescription("x".repeat(1000), cloud));
            assertKind(FormValidation.Kind.OK, form.doCheckStopInstance(false, cloud));
        }
    }

    @Test
    void whatDependsOnStoppingIsSaid() {
        assertTrue(form.doCheckStopInstance(false, "qcloud").getMessage().contains("stop the instance here"));
        assertEquals(FormValidation.ok(), form.doCheckStopInstance(true, "qcloud"));
        assertEquals(FormValidation.ok(), form.doCheckStopInstance(false, "tencentCloud"));
        assertKind(FormValidation.Kind.ERROR, form.doCheckStartAfterwards(true, false));
        assertKind(FormValidation.Kind.OK, form.doCheckStartAfterwards(true, true));
        assertKind(FormValidation.Kind.OK, form.doCheckStartAfterwards(false, false));
    }

    @Test
    void theOrderOfTheListIsThatOfTheClouds() {
        assertEquals(
                CloudSettingsDescriptor.all().stream()
                        .map(cloud -> cloud.provider().id())
                        .collect(Collectors.joining(" ")),
                form.getClouds());
    }

    /** Goes from one cloud to another and back in the form: each time the name is judged by that cloud's rule. */
    @Test
    void theFormKnowsWhichCloudIsChosen() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList()
                .add(new CreateCloudImageBuilder(new TencentCloudSettings("ap-guangzhou"), "", "x".repeat(33)));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(job, "configure");
            browser.waitForBackgroundJavaScript(PATIENCE);
            assertEquals("tencentCloud", chosen(page));
            assertFalse(page.asNormalizedText().contains("imageName has 33 characters"), page.asNormalizedText());

            choose(browser, page, "JD Cloud");
            assertEquals("jdCloud", chosen(page));
            assertSays(page, "imageName has 33 characters; the cloud takes 2 to 32");

            choose(browser, page, "Tencent Cloud");
            assertEquals("tencentCloud", chosen(page));
            assertFalse(page.asNormalizedText().contains("imageName has 33 characters"), page.asNormalizedText());

            choose(browser, page, "Tencent QCloud (legacy API v2)");
            assertSays(page, "imageName has 33 characters; the cloud takes 1 to 16");

            HtmlInput name = page.querySelector("[name='_.imageName']");
            name.setValue("y".repeat(17));
            name.fireEvent("change");
            browser.waitForBackgroundJavaScript(PATIENCE);
            assertSays(page, "imageName has 17 characters; the cloud takes 1 to 16");
        }
    }

    private static String chosen(HtmlPage page) {
        return page.<HtmlInput>querySelector("[name='chosenCloud']").getValue();
    }

    private static void assertSays(HtmlPage page, String message) {
        String text = page.asNormalizedText();
        assertTrue(text.contains(message), text);
    }

    private static void choose(JenkinsRule.WebClient browser, HtmlPage page, String cloud) {
        HtmlSelect clouds = page.querySelector("[name='builder'] select.dropdownList");
        List<HtmlOption> options = clouds.getOptions();
        HtmlOption option = options.stream()
                .filter(each -> each.getText().equals(cloud))
                .findFirst()
                .orElseThrow(() -> new AssertionError(options.toString()));
        clouds.setSelectedAttribute(option, true);
        browser.waitForBackgroundJavaScript(PATIENCE);
    }
}

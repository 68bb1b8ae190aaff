package io.jenkins.plugins.cloudimage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import hudson.Functions;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.localizer.LocaleProvider;

/** What a browser that asks for Simplified Chinese shows; others get English from the same Jenkins. */
@WithJenkins
class ChineseTest {
    private static final String CHINESE = "zh-CN,zh;q=0.9,en;q=0.8";
    private static final String ENGLISH = "en-GB,en;q=0.9";

    private final LocaleProvider before = LocaleProvider.getProvider();
    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        // As Jenkins itself does at its start, which the rule leaves out.
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Functions.getCurrentLocale();
            }
        });
        tencent.configure();
    }

    @AfterEach
    void stop() {
        tencent.close();
        LocaleProvider.setProvider(before);
    }

    private JenkinsRule.WebClient browser(String languages) {
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        browser.addRequestHeader("Accept-Language", languages);
        return browser;
    }

    private FreeStyleProject job() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TencentCloudSettings cloud = new TencentCloudSettings("ap-guangzhou");
        cloud.setInstanceId("ins-6pb6lrmy");
        cloud.setEndpoint("simulator");
        job.getBuildersList().add(new CreateCloudImageBuilder(cloud, "tencent", "web-${BUILD_NUMBER}"));
        return job;
    }

    @Test
    void aFormCheckAnswersInTheLanguageOfTheBrowser() throws Exception {
        assertThat(check(CHINESE), containsString("region “AP”不是地域代码"));
        assertThat(check(ENGLISH), containsString("is not a region code"));
    }

    private String check(String languages) throws Exception {
        JenkinsRule.WebClient browser = browser(languages);
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), "descriptorByName/" + TencentCloudSettings.class.getName() + "/checkRegion"),
                HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("value", "AP")));
        browser.addCrumb(request);
        Page answer = browser.getPage(request);
        return answer.getWebResponse().getContentAsString();
    }

    @Test
    void formAndHelpAreInTheLanguageOfTheBrowser() throws Exception {
        FreeStyleProject job = job();

        String form = browser(CHINESE).getPage(job, "configure").asXml();
        assertThat(form, containsString("创建云镜像"));
        assertThat(form, containsString("镜像名称"));
        assertThat(form, containsString("完成后重新启动"));
        assertThat(form, containsString("执行 Sysprep"));
        assertThat(help(CHINESE), containsString("新镜像的名称。"));
        assertThat(browser(ENGLISH).getPage(job, "configure").asXml(), containsString("Image name"));
        assertThat(help(ENGLISH), containsString("The name of the new image."));
    }

    private String help(String languages) throws Exception {
        return browser(languages)
                .goTo("descriptor/" + CreateCloudImageBuilder.class.getName() + "/help/imageName")
                .asXml();
    }

    @Test
    void theBuildPageIsInTheLanguageOfTheBrowser() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job());

        HtmlPage page = browser(CHINESE).getPage(build);
        assertThat(page.asNormalizedText(), containsString("已就绪"));
        assertThat(page.asNormalizedText(), containsString("腾讯云"));
        assertThat(browser(ENGLISH).getPage(build).asNormalizedText(), containsString("Tencent Cloud"));
    }
}

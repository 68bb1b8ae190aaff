package io.jenkins.plugins.cloudimage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.tasks.Shell;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.cloud.AlibabaEcsSettings;
import io.jenkins.plugins.cloudimage.cloud.AlibabaEnsSettings;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackSettings;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.JdCloudSettings;
import io.jenkins.plugins.cloudimage.cloud.QcloudSettings;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.run.SearchParameters;
import io.jenkins.plugins.cloudimage.step.FindCloudImageStep;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The freestyle step that finds an image, and its form, in a real Jenkins against the fake cloud. */
@WithJenkins
class FindCloudImageBuilderTest {
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

    private static FindCloudImageBuilder builder(String region) {
        TencentCloudSettings cloud = new TencentCloudSettings(region);
        cloud.setEndpoint("simulator");
        return new FindCloudImageBuilder(cloud, "tencent");
    }

    private static FindCloudImageBuilder full(CloudSettings cloud) {
        FindCloudImageBuilder full = new FindCloudImageBuilder(cloud, "tencent");
        full.setNamePrefix("web-");
        full.setImageFamily("web");
        full.setTag("env=prod");
        full.setJob("/bake");
        full.setVariable("BASE");
        full.setFailIfNone(false);
        return full;
    }

    @Test
    void variablesAreExpandedAndTheNextStepSeesTheId() throws Exception {
        String id = tencent.cloud.images().create("web-7-1", null).id();
        tencent.cloud.images().create("web-8-1", null);
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("RELEASE", "7"),
                new StringParameterDefinition("REGION", "ap-guangzhou")));
        FindCloudImageBuilder find = builder("${REGION}");
        find.setNamePrefix("web-${RELEASE}-");
        find.setVariable("BASE");
        job.getBuildersList().add(find);
        job.getBuildersList().add(new Shell("echo deploying \"$BASE\""));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("deploying " + id, build);
        jenkins.assertLogContains("namePrefix: 'web-7-'", build);
    }

    @Test
    void whereThereIsNoneTheBuildFailsUnlessItDoesNotMind() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("deploy");
        FindCloudImageBuilder find = builder("ap-guangzhou");
        find.setTag("env=prod");
        job.getBuildersList().add(find);
        FreeStyleBuild failed = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("There is no ready image with tag: 'env=prod'", failed);

        find.setFailIfNone(false);
        job.getBuildersList().add(new Shell("echo \"deploying <$CLOUD_IMAGE_ID>\""));
        jenkins.assertLogContains("deploying <>", jenkins.buildAndAssertSuccess(job));
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        for (FindCloudImageBuilder before :
                List.of(full(builder("xx-newregion").getCloud()), builder("ap-guangzhou"))) {
            job.getBuildersList().replace(before);
            jenkins.configRoundtrip(job);
            FindCloudImageBuilder after = job.getBuildersList().get(FindCloudImageBuilder.class);

            jenkins.assertEqualDataBoundBeans(before, after);
            assertEquals(before.isFailIfNone(), after.isFailIfNone());
        }
    }

    /** The form has the fields of the connection only. */
    @Test
    void everyCloudSurvivesTheForm() throws Exception {
        ApsaraStackSettings apsara = new ApsaraStackSettings("cn-qingdao-env17-d01");
        apsara.setOrganizationId("11");
        apsara.setResourceSetId("22");
        List<CloudSettings> clouds = List.of(
                new JdCloudSettings("cn-north-1"),
                new QcloudSettings("gz"),
                apsara,
                new AlibabaEnsSettings(),
                new AlibabaEcsSettings("cn-hangzhou"));
        for (CloudSettings cloud : clouds) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            FindCloudImageBuilder before = full(cloud);
            job.getBuildersList().add(before);
            jenkins.configRoundtrip(job);
            FindCloudImageBuilder after = job.getBuildersList().get(FindCloudImageBuilder.class);

            assertEquals(cloud.request("", null), after.getCloud().request("", null));
            assertEquals(cloud.getEndpoint(), after.getCloud().getEndpoint());
            assertEquals("web-", after.getNamePrefix());
        }
    }

    @Test
    void theSnippetShowsWhatWasSetAndNothingElse() {
        FindCloudImageStep step = new FindCloudImageStep(new TencentCloudSettings("ap-guangzhou"), "tencent");
        step.setImageFamily("web");

        assertEquals(
                "findCloudImage cloud: tencentCloud('ap-guangzhou'), credentialsId: 'tencent', imageFamily: 'web'",
                Snippetizer.object2Groovy(step));
        step.setFailIfNone(false);
        assertTrue(Snippetizer.object2Groovy(step).contains("failIfNone: false"));
    }

    @Test
    void everyFieldHasHelp() throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.executeOnServer(() -> {
                FindCloudImageStep.DescriptorImpl form =
                        jenkins.jenkins.getDescriptorByType(FindCloudImageStep.DescriptorImpl.class);
                assertNotNull(form.getHelpFile());
                SearchParameters.FIELDS.forEach(field -> assertNotNull(form.getHelpFile(field), field));
                return null;
            });
        }
    }

    @Test
    void theFormKnowsWhatACloudCannotFind() {
        FindCloudImageBuilder.DescriptorImpl form =
                jenkins.jenkins.getDescriptorByType(FindCloudImageBuilder.DescriptorImpl.class);

        assertEquals(FormValidation.Kind.OK, form.doCheckImageFamily("web", "alibabaEcs").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckImageFamily("web", "apsaraStack").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckImageFamily("", "apsaraStack").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckTag("env=prod", "apsaraStack").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckTag("env=prod", "qcloud").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckNamePrefix("", "", " ", "").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckNamePrefix("", "", "env", "").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckVariable("1").kind);
        assertNull(form.doCheckTag("", "qcloud").getMessage());
    }
}

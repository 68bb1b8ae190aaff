package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.AbstractProject;
import hudson.model.Descriptor;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import java.util.List;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** The step's form, which is the freestyle step's, and the snippets that it makes. */
@WithJenkins
class FormTest {
    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    /** Shows the form of a step as the Snippet Generator does, in a page that can be submitted. */
    public static class StepHolder extends Builder {
        private final CreateCloudImageStep step;

        @DataBoundConstructor
        public StepHolder(CreateCloudImageStep step) {
            this.step = step;
        }

        public CreateCloudImageStep getStep() {
            return step;
        }

        @TestExtension
        public static class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            @SuppressWarnings("rawtypes")
            public boolean isApplicable(Class<? extends AbstractProject> type) {
                return true;
            }
        }
    }

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static CreateCloudImageStep step() {
        TencentCloudSettings cloud = new TencentCloudSettings("ap-guangzhou");
        cloud.setInstanceId("ins-6pb6lrmy");
        return new CreateCloudImageStep(cloud, "tencent", "web-1");
    }

    private static CreateCloudImageStep fullStep() {
        CreateCloudImageStep step = step();
        TencentCloudSettings cloud = (TencentCloudSettings) step.getCloud();
        cloud.setEndpoint("simulator");
        cloud.setDataDiskIds(List.of("disk-1", "disk-2"));
        cloud.setSnapshotIds(List.of("snap-1"));
        cloud.setForcePoweroff(true);
        cloud.setSysprep(true);
        cloud.setDryRun(true);
        step.setDescription("nightly");
        step.setVariable("BAKED");
        step.setTimeoutMinutes(45);
        step.setManifestFormat("packer");
        return step;
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        CreateCloudImageStep after =
                jenkins.configRoundtrip(new StepHolder(fullStep())).getStep();

        jenkins.assertEqualDataBoundBeans(fullStep(), after);
    }

    @Test
    void everyFieldSurvivesTheJenkinsfile() throws Exception {
        DescribableModel<CreateCloudImageStep> model = DescribableModel.of(CreateCloudImageStep.class);

        CreateCloudImageStep after =
                model.instantiate(model.uninstantiate2(fullStep()).toMap(), null);

        jenkins.assertEqualDataBoundBeans(fullStep(), after);
    }

    @Test
    void theSnippetShowsWhatWasSetAndNothingElse() {
        CreateCloudImageStep step = step();
        ((TencentCloudSettings) step.getCloud()).setForcePoweroff(true);

        assertEquals(
                "createCloudImage cloud: tencentCloud(forcePoweroff: true, instanceId: 'ins-6pb6lrmy', "
                        + "region: 'ap-guangzhou'), credentialsId: 'tencent', imageName: 'web-1'",
                Snippetizer.object2Groovy(step));
    }

    @Test
    void everyFieldHasHelp() throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.executeOnServer(() -> {
                assertHelp(jenkins.jenkins.getDescriptorByType(CreateCloudImageStep.DescriptorImpl.class), step());
                assertHelp(step().getCloud().getDescriptor(), step().getCloud());
                return null;
            });
        }
    }

    private static void assertHelp(Descriptor<?> descriptor, Object bean) {
        assertNotNull(descriptor.getHelpFile(), descriptor.getId());
        DescribableModel.of(bean.getClass())
                .getParameters()
                .forEach(field -> assertNotNull(descriptor.getHelpFile(field.getName()), field.getName()));
    }
}

package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import groovy.lang.Binding;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.GroovyShell;
import groovy.util.DelegatingScript;
import hudson.model.AbstractProject;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.TaskListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackInstallation;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.FullSettings;
import io.jenkins.plugins.cloudimage.cloud.ImageCopyTarget;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.cloud.UserTag;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
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

    private static UserTag tag(String key, String value) {
        UserTag tag = new UserTag(key);
        tag.setValue(value);
        return tag;
    }

    private static CreateCloudImageStep fullStep() {
        CreateCloudImageStep step = step();
        TencentCloudSettings cloud = (TencentCloudSettings) step.getCloud();
        cloud.setEndpoint("simulator");
        cloud.setDataDiskIds(List.of("disk-1", "disk-2"));
        cloud.setSnapshotIds(List.of("snap-1"));
        cloud.setForcePoweroff(true);
        cloud.setSysprep(true);
        step.setDescription("nightly");
        step.setTags(List.of(tag("env", "prod"), tag("tier", null)));
        step.setVariable("BAKED");
        step.setTimeoutMinutes(45);
        step.setManifestFormat("packer");
        step.setStopInstance(true);
        step.setStartAfterwards(true);
        step.setOnIncomplete("delete");
        step.setIfNameExists("suffix");
        ImageCopyTarget copy = new ImageCopyTarget("ap-shanghai");
        copy.setName("web-copy");
        copy.setEncrypt(true);
        copy.setKmsKeyId("key-1");
        step.setCopyTo(List.of(new ImageCopyTarget("ap-beijing"), copy));
        step.setCopyFailure("unstable");
        step.setShareWith(List.of("100012345678", "100012345679"));
        step.setDryRun(true);
        return step;
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        CreateCloudImageStep after =
                jenkins.configRoundtrip(new StepHolder(fullStep())).getStep();

        jenkins.assertEqualDataBoundBeans(fullStep(), after);
    }

    @Test
    void defaultsSurviveTheForm() throws Exception {
        CreateCloudImageStep after =
                jenkins.configRoundtrip(new StepHolder(step())).getStep();

        jenkins.assertEqualDataBoundBeans(step(), after);
        assertNull(after.getTimeoutMinutes());
    }

    @Test
    void everyFieldOfEveryCloudSurvivesTheForm() throws Exception {
        addEndpoints();
        for (CloudSettings cloud : FullSettings.all()) {
            CreateCloudImageStep before = new CreateCloudImageStep(cloud, "tencent", "web-1");

            CreateCloudImageStep after =
                    jenkins.configRoundtrip(new StepHolder(before)).getStep();

            assertEquals(
                    before.getCloud().request("web-1", null), after.getCloud().request("web-1", null));
            assertEquals(before.getCloud().getEndpoint(), after.getCloud().getEndpoint());
            assertEquals(Snippetizer.object2Groovy(before), Snippetizer.object2Groovy(after));
        }
    }

    @Test
    void theFormOfAFreestyleJobKnowsThatItMakesNoSnippet() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new StepHolder(step()));
        job.getBuildersList().add(new CreateCloudImageBuilder(step().getCloud(), "tencent", "web-1"));
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            HtmlPage page = browser.getPage(job, "configure");

            List<String> answers = page.querySelectorAll("[name='inSnippet']").stream()
                    .map(input -> ((HtmlInput) input).getValue())
                    .toList();
            assertEquals(List.of("true", "false"), answers);
        }
    }

    private static void addEndpoints() {
        List<CustomEndpoint> endpoints =
                new ArrayList<>(CloudImageConfiguration.get().getEndpoints());
        for (CloudSettings cloud : FullSettings.all()) {
            CustomEndpoint endpoint = new CustomEndpoint(
                    "simulator", cloud.getDescriptor().provider().id(), "https://cloud.example.com");
            endpoint.setProperties(List.of(new ApsaraStackInstallation("pop")));
            endpoints.add(endpoint);
        }
        CloudImageConfiguration.get().setEndpoints(endpoints);
    }

    /** Calls of a snippet: the step's makes the step, each other one is that of a cloud's symbol. */
    public static final class Calls extends GroovyObjectSupport {
        @Override
        public Object invokeMethod(String name, Object arguments) {
            Object[] given = (Object[]) arguments;
            Map<String, Object> named = new HashMap<>();
            if (given.length > 0) {
                ((Map<?, ?>) given[0]).forEach((key, value) -> named.put(key.toString(), value));
            }
            try {
                return name.equals("createCloudImage")
                        ? DescribableModel.of(CreateCloudImageStep.class).instantiate(named, TaskListener.NULL)
                        : new UninstantiatedDescribable(name, null, named);
            } catch (Exception e) {
                throw new AssertionError(named.toString(), e);
            }
        }
    }

    private static CreateCloudImageStep run(String snippet) {
        CompilerConfiguration scripts = new CompilerConfiguration();
        scripts.setScriptBaseClass(DelegatingScript.class.getName());
        DelegatingScript script = (DelegatingScript)
                new GroovyShell(FormTest.class.getClassLoader(), new Binding(), scripts).parse(snippet);
        script.setDelegate(new Calls());
        return (CreateCloudImageStep) script.run();
    }

    @Test
    void everySnippetIsGroovyThatSaysTheSame() throws Exception {
        for (CloudSettings cloud : FullSettings.all()) {
            CreateCloudImageStep before = new CreateCloudImageStep(cloud, "${KEY}", "web's \"1\"");
            before.setDescription("nightly");
            before.setTags(List.of(tag("env", "prod"), tag("cost centre", "4'7")));
            before.setVariable("BAKED");
            before.setTimeoutMinutes(45);
            before.setStopInstance(true);
            before.setStartAfterwards(true);
            before.setOnIncomplete("delete");
            before.setIfNameExists("suffix");
            String snippet = Snippetizer.object2Groovy(before);

            CreateCloudImageStep after = run(snippet);

            assertEquals(snippet, Snippetizer.object2Groovy(after));
            assertEquals(cloud.request("web-1", null), after.getCloud().request("web-1", null));
            assertTrue(snippet.contains("tags: [env: 'prod', "), snippet);
            assertEquals(
                    before.getTags().stream().map(UserTag::tag).toList(),
                    after.getTags().stream().map(UserTag::tag).toList());
            assertEquals("${KEY}", after.getCredentialsId());
            assertEquals("web's \"1\"", after.getImageName());
            assertEquals(45, after.getTimeoutMinutes());
        }
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
                CreateCloudImageStep.DescriptorImpl form =
                        jenkins.jenkins.getDescriptorByType(CreateCloudImageStep.DescriptorImpl.class);
                assertNotNull(form.getHelpFile());
                assertHelp(form, step());
                assertHelp(step().getCloud().getDescriptor(), step().getCloud());
                return null;
            });
        }
    }

    private static void assertHelp(Descriptor<?> descriptor, Object bean) {
        DescribableModel.of(bean.getClass())
                .getParameters()
                .forEach(field -> assertNotNull(descriptor.getHelpFile(field.getName()), field.getName()));
    }
}

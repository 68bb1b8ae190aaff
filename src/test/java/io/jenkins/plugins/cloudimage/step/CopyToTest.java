package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.security.ACL;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.AlibabaEnsSettings;
import io.jenkins.plugins.cloudimage.cloud.ImageCopyTarget;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.Deletion;
import io.jenkins.plugins.cloudimage.core.manifest.ManifestSchema;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.DeletionPlan;
import io.jenkins.plugins.cloudimage.run.ImageDeletions;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The finished image is copied to other regions. */
class CopyToTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static WorkflowRun run(JenkinsRule jenkins, Result result, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(
                result, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private static String get(JenkinsRule jenkins, WorkflowRun run, String page) throws Exception {
        return jenkins.createWebClient()
                .goTo(run.getUrl() + page, null)
                .getWebResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private List<String> ids(String region) {
        return tencent.cloud.images().all().stream()
                .map(FakeImage::id)
                .filter(id -> region.equals(tencent.cloud.images().region(id)))
                .toList();
    }

    private String id(String region) {
        assertEquals(1, ids(region).size(), region);
        return ids(region).get(0);
    }

    @Test
    void copiesAreMadeListedAndHandedOver() throws Throwable {
        tencent.cloud.images().take(Duration.ofMillis(500));
        sessions.then(jenkins -> {
            tencent.configure();
            aPipeline(jenkins);
            aFailedCopy(jenkins);
            wrongTargets(jenkins);
            aFreestyleJob(jenkins);
            formAndSnippet(jenkins);
        });
    }

    private void aPipeline(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = run(
                jenkins,
                Result.SUCCESS,
                "def image = "
                        + TencentFixture.step("imageName: 'web-1', copyTo: ['ap-beijing',"
                                + " [region: 'ap-shanghai', name: \"web-${1 + 1}\"]]")
                        + "\necho \"${image}: ${image.copies}, ${image.copies[1].region} ${image.copies[1].name}"
                        + " ${image.copies.every { it.ready }}\"");

        String one = id("ap-beijing");
        String two = id("ap-shanghai");
        jenkins.assertLogContains(id("ap-guangzhou") + ": [" + one + ", " + two + "], ap-shanghai web-2 true", run);
        jenkins.assertLogContains("it is being copied to ap-beijing, ap-shanghai", run);
        jenkins.assertLogContains("The copy " + one + " in ap-beijing can be used", run);
        String page = get(jenkins, run, "cloud-images/");
        assertTrue(page.contains(one) && page.contains(two), page);
        String rest = get(jenkins, run, "cloud-images/api/json?depth=1");
        assertTrue(rest.contains("\"id\":\"" + one + "\"") && rest.contains("\"region\":\"ap-beijing\""), rest);
        String manifest = get(jenkins, run, "artifact/cloud-image.json");
        assertTrue(manifest.contains("\"copies\" : [ {"), manifest);
        assertTrue(manifest.contains(one) && manifest.contains(two), manifest);
        assertEquals(List.of(), ManifestSchema.problems(manifest.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                run.getExternalizableId(), deletionOf(one, "ap-beijing", run).madeBy());
    }

    private static Deletion deletionOf(String image, String region, WorkflowRun run) throws CloudImageException {
        ImageRequest place = new TencentCloudSettings(region).request("", null);
        DeletionPlan plan = new DeletionPlan(place, "simulator", "tencent", image, null, false, false);
        return ImageDeletions.plan(run, plan, ACL.SYSTEM2).deletion();
    }

    private void aFailedCopy(JenkinsRule jenkins) throws Exception {
        String step = "imageName: 'web-3', copyTo: [[region: 'ap-beijing', name: 'web-1'], 'ap-shanghai']";
        WorkflowRun failed = run(jenkins, Result.FAILURE, TencentFixture.step(step));
        jenkins.assertLogContains("is ready, but not every copy is: ap-beijing:", failed);

        WorkflowRun unstable = run(
                jenkins,
                Result.UNSTABLE,
                "def image = "
                        + TencentFixture.step(step.replace("web-3", "web-4") + ", copyFailure: 'unstable'")
                        + "\necho \"${image.copies.collect { it.ready }} ${env.CLOUD_IMAGE_ID == image.id}\"");
        jenkins.assertLogContains("[false, true] true", unstable);
        jenkins.assertLogContains("There is no usable copy in ap-beijing:", unstable);
    }

    private void wrongTargets(JenkinsRule jenkins) throws Exception {
        int before = tencent.server.calls().size();
        WorkflowRun run = run(
                jenkins,
                Result.FAILURE,
                TencentFixture.step("imageName: 'web-5', copyTo: ['ap-guangzhou', [region: 'ap-a', encrypt: 'true']]"));
        jenkins.assertLogContains("copyTo contains ap-guangzhou, the region of the image itself", run);
        jenkins.assertLogContains("copyTo wants an encrypted copy in ap-a", run);
        WorkflowRun other = run(
                jenkins,
                Result.FAILURE,
                "createCloudImage(credentialsId: 'tencent', cloud: alibabaEns(instanceId: 'i-1'), imageName: 'web-6',"
                        + " copyTo: ['cn-beijing'])");
        jenkins.assertLogContains("copyTo: the plugin does not copy images to other regions on", other);
        WorkflowRun byName = run(
                jenkins,
                Result.FAILURE,
                "createCloudImage(credentialsId: 'tencent', cloud: qcloud(region: 'gz', instanceId: 'ins-1'),"
                        + " imageName: 'web-6', shareWith: ['100012345678'],"
                        + " copyTo: ['ap-guangzhou', 'ap-nanjing', [region: 'sh', name: 'web-copy']])");
        jenkins.assertLogContains("copyTo and shareWith exclude each other on this cloud", byName);
        jenkins.assertLogContains("copyTo contains ap-guangzhou, the region of the image itself", byName);
        jenkins.assertLogContains("copyTo contains ap-nanjing, to which the cloud does not copy images", byName);
        jenkins.assertLogContains("copyTo names the copy in sh \"web-copy\"", byName);
        assertEquals(before, tencent.server.calls().size());
    }

    private void aFreestyleJob(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("TARGET", "ap-chengdu")));
        TencentCloudSettings settings = new TencentCloudSettings("ap-guangzhou");
        settings.setEndpoint("simulator");
        settings.setInstanceId("ins-6pb6lrmy");
        CreateCloudImageBuilder builder = new CreateCloudImageBuilder(settings, "tencent", "web-7");
        ImageCopyTarget taken = new ImageCopyTarget("ap-beijing");
        taken.setName("web-1");
        builder.setCopyTo(List.of(new ImageCopyTarget("${TARGET}"), taken));
        builder.setCopyFailure("unstable");
        job.getBuildersList().add(builder);
        jenkins.configRoundtrip(job);
        CreateCloudImageBuilder saved = job.getBuildersList().get(CreateCloudImageBuilder.class);
        jenkins.assertEqualDataBoundBeans(builder.getCopyTo(), saved.getCopyTo());
        assertEquals("unstable", saved.getCopyFailure());

        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.UNSTABLE, job);

        assertEquals(1, ids("ap-chengdu").size());
        jenkins.assertLogContains("There is no usable copy in ap-beijing:", build);
    }

    private static void formAndSnippet(JenkinsRule jenkins) throws Exception {
        CreateCloudImageStep step = new CreateCloudImageStep(new AlibabaEnsSettings(), "ens-prod", "web");
        ImageCopyTarget target = new ImageCopyTarget("ap-shanghai");
        target.setEncrypt(true);
        step.setCopyTo(List.of(new ImageCopyTarget("ap-beijing"), target));
        String snippet = Snippetizer.object2Groovy(step);
        assertTrue(
                snippet.contains("copyTo: [[region: 'ap-beijing'], [encrypt: true, region: 'ap-shanghai']]"), snippet);
        ImageCopyTarget.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(ImageCopyTarget.DescriptorImpl.class);
        assertEquals("alibabaEcs apsaraStack", sorted(form.getEncryptingClouds()));
        assertEquals("alibabaEcs apsaraStack jdCloud tencentCloud", sorted(form.getNamingClouds()));
        assertEquals(FormValidation.Kind.OK, form.doCheckRegion("ap-beijing").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckRegion("${TARGET}").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckRegion("").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckRegion("Beijing").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckKmsKeyId("key-1", false).kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckKmsKeyId("key-1", true).kind);
    }

    private static String sorted(String ids) {
        return Stream.of(ids.split(" ")).sorted().collect(Collectors.joining(" "));
    }

    @Test
    void aRestartInTheMiddleOfACopyMakesNoSecondOne() throws Throwable {
        tencent.cloud.images().take(Duration.ZERO);
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
            job.setDefinition(new CpsFlowDefinition(
                    "def image = " + TencentFixture.step("imageName: 'web-1', copyTo: ['ap-beijing']")
                            + "\necho \"${image} ${image.copies}\"",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            TencentFixture.await(() -> !ids("ap-guangzhou").isEmpty());
            tencent.cloud.images().take(Duration.ofHours(1));
            jenkins.waitForMessage("it is being copied to ap-beijing", run);
            TencentFixture.await(() -> !ids("ap-beijing").isEmpty());
        });
        sessions.then(jenkins -> {
            tencent.cloud.images().finish();
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("bake", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains(id("ap-guangzhou") + " [" + id("ap-beijing") + "]", run);
            TencentFixture.await(() -> CreationService.get().all().isEmpty());
        });
    }
}

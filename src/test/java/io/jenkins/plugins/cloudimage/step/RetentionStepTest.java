package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.AlibabaEcsSettings;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.ImageCopyTarget;
import io.jenkins.plugins.cloudimage.cloud.JdCloudSettings;
import io.jenkins.plugins.cloudimage.cloud.QcloudSettings;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import java.io.File;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Images that later builds of their job retire, in a pipeline and in a freestyle job, before and after a restart. */
class RetentionStepTest {
    private static final String KEEP = "imageName: \"web-${env.BUILD_NUMBER}\", keep: 2, ";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static WorkflowRun run(JenkinsRule jenkins, WorkflowJob job, Result result, String options)
            throws Exception {
        job.setDefinition(new CpsFlowDefinition(TencentFixture.step(KEEP + options) + "\nsleep 3", true));
        return jenkins.assertBuildStatus(
                result, jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart()));
    }

    private List<String> names() {
        return tencent.cloud.images().all().stream()
                .map(FakeImage::name)
                .sorted()
                .toList();
    }

    private void await(String... names) throws Exception {
        TencentFixture.await(() -> names().equals(List.of(names)));
    }

    @Test
    void laterBuildsRetireImagesAlsoAfterARestartAndAMove() throws Throwable {
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
            WorkflowRun refused = run(jenkins, job, Result.FAILURE, "retain: 'delete'");
            jenkins.assertLogContains(
                    "acceptUnseenUse is not set. The endpoint \"simulator\" has no Scaling URL", refused);
            assertEquals(List.of(), tencent.server.calls());
            for (int number = 2; number < 5; number++) {
                WorkflowRun run = run(jenkins, job, Result.SUCCESS, "retain: 'dryRun'");
                run.keepLog(number == 2);
            }
            WorkflowRun dryRun = job.getBuildByNumber(4);
            jenkins.assertLogContains(
                    "dry run of the retention: this job has 3 images of web-*; to be deleted: 0", dryRun);
            jenkins.assertLogContains("(web-2, build #2) stays, because its build is kept forever", dryRun);
            assertEquals(List.of("web-2", "web-3", "web-4"), names());

            WorkflowRun retires = run(jenkins, job, Result.SUCCESS, "acceptUnseenUse: true");
            jenkins.assertLogContains("(web-3, build #3) is deleted in the background", retires);
            await("web-2", "web-4", "web-5");
            String page = jenkins.createWebClient()
                    .goTo("manage/cloud-images")
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(page.contains("Retired: a later build of the job replaces it"), page);
            assertTrue(page.contains("web-3"), page);
            freestyle(jenkins);
            job.renameTo("brew");
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("brew", WorkflowJob.class);
            job.getBuildByNumber(2).keepLog(false);

            run(jenkins, job, Result.SUCCESS, "acceptUnseenUse: true");

            await("free-1", "web-5", "web-6");
            File index = new File(jenkins.jenkins.getRootDir(), "cloud-image/made");
            assertEquals(2, index.list().length, "a file for each job");
            job.delete();
            TencentFixture.await(() -> index.list().length == 1);
            assertEquals(List.of("free-1", "web-5", "web-6"), names());
        });
    }

    @Test
    void laterBuildsRetireCopiesInEachRegion() throws Throwable {
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
            String copied = "copyTo: ['ap-shanghai'], ";
            run(jenkins, job, Result.SUCCESS, copied + "acceptUnseenUse: true");
            run(jenkins, job, Result.SUCCESS, copied + "acceptUnseenUse: true");

            WorkflowRun dryRun = run(jenkins, job, Result.SUCCESS, copied + "retain: 'dryRun'");
            jenkins.assertLogContains(
                    "dry run of the retention: this job has 3 images of web-*; to be deleted: 1", dryRun);
            jenkins.assertLogContains(
                    "dry run of the retention: this job has 3 copies of web-* in ap-shanghai; to be deleted: 1",
                    dryRun);
            jenkins.assertLogContains("(web-1, build #1, copy in ap-shanghai) would be deleted", dryRun);
            jenkins.assertLogContains("(web-3, build #3, copy in ap-shanghai) stays", dryRun);
            assertEquals(List.of("web-1", "web-1", "web-2", "web-2", "web-3", "web-3"), names());
            String log = JenkinsRule.getLog(dryRun);
            assertTrue(log.indexOf("copy in ap-shanghai) would") < log.indexOf("[Pipeline] sleep"), log);

            WorkflowRun retires = run(jenkins, job, Result.SUCCESS, copied + "acceptUnseenUse: true");
            jenkins.assertLogContains("(web-2, build #2) is deleted in the background", retires);
            jenkins.assertLogContains("(web-2, build #2, copy in ap-shanghai) is deleted in the background", retires);
            await("web-3", "web-3", "web-4", "web-4");
            assertEquals(
                    List.of("ap-guangzhou", "ap-guangzhou", "ap-shanghai", "ap-shanghai"),
                    tencent.cloud.images().all().stream()
                            .map(image -> tencent.cloud.images().region(image.id()))
                            .sorted()
                            .toList());
            freestyleCopies(jenkins);
        });
    }

    private static void freestyleCopies(JenkinsRule jenkins) throws Exception {
        CreateCloudImageBuilder builder = new CreateCloudImageBuilder(settings(), "tencent", "free-${BUILD_NUMBER}");
        builder.setCopyTo(List.of(new ImageCopyTarget("ap-shanghai")));
        builder.setKeep(3);
        builder.setRetain("dryRun");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("dry run of the retention: this job has 1 images of free-*", build);
        jenkins.assertLogContains("dry run of the retention: this job has 1 copies of free-* in ap-shanghai", build);
    }

    @Test
    void whatATemplateOrAScalingConfigurationNamesStays() throws Throwable {
        sessions.then(jenkins -> {
            try (FakeServer scaling = new FakeServer(tencent.cloud.scalingService())) {
                tencent.configure();
                CustomEndpoint endpoint = tencent.endpoint();
                endpoint.setScalingUrl(scaling.endpoint().toString());
                CloudImageConfiguration.get().setEndpoints(List.of(endpoint));
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "bake");
                for (int number = 1; number < 4; number++) {
                    run(jenkins, job, Result.SUCCESS, "retain: 'dryRun'");
                }
                tencent.cloud.templates().addVersion("lt-1", id("web-1")).configure("asc-1", id("web-2"));

                WorkflowRun keeps = run(jenkins, job, Result.SUCCESS, "retain: 'delete'");

                jenkins.assertLogContains("(web-1, build #1) stays, because the launch template lt-1 names it", keeps);
                jenkins.assertLogContains(
                        "(web-2, build #2) stays, because the scaling configuration asc-1 names it", keeps);
                tencent.cloud.templates().denyScaling();
                WorkflowRun denied = run(jenkins, job, Result.SUCCESS, "retain: 'delete'");
                jenkins.assertLogContains(
                        "(web-3, build #3) stays, because launch templates and scaling configurations cannot be listed."
                                + " Grant the permission, or set acceptUnseenUse: true",
                        denied);
                jenkins.assertLogContains("as:DescribeLaunchConfigurations", denied);
                assertEquals(List.of("web-1", "web-2", "web-3", "web-4", "web-5"), names());

                run(jenkins, job, Result.SUCCESS, "acceptUnseenUse: true");
                await("web-5", "web-6");
            }
        });
    }

    @Test
    void onlyCloudsThatListTemplatesNeedNoAcceptance() throws Throwable {
        sessions.then(jenkins -> {
            assertTrue(comparesTemplates(new TencentCloudSettings("ap-guangzhou")));
            assertTrue(comparesTemplates(new JdCloudSettings("cn-north-1")));
            assertTrue(comparesTemplates(new AlibabaEcsSettings("cn-hangzhou")));
            CloudException refused =
                    assertThrows(CloudException.class, () -> comparesTemplates(new QcloudSettings("ap-guangzhou")));
            assertTrue(
                    refused.getMessage().contains("acceptUnseenUse is not set. The plugin cannot list at"),
                    refused.getMessage());
        });
    }

    private static boolean comparesTemplates(CloudSettings settings) throws CloudException, CloudImageException {
        settings.setInstanceId("i-1");
        CreateCloudImageBuilder builder = new CreateCloudImageBuilder(settings, "key", "web");
        builder.setKeep(3);
        return builder.options(builder.request(), UnaryOperator.identity())
                .retention()
                .comparesTemplates();
    }

    private String id(String name) {
        return tencent.cloud.images().all().stream()
                .filter(image -> image.name().equals(name))
                .map(FakeImage::id)
                .findFirst()
                .orElseThrow();
    }

    private static TencentCloudSettings settings() {
        TencentCloudSettings settings = new TencentCloudSettings("ap-guangzhou");
        settings.setEndpoint("simulator");
        settings.setInstanceId("ins-6pb6lrmy");
        return settings;
    }

    private void freestyle(JenkinsRule jenkins) throws Exception {
        TencentCloudSettings settings = settings();
        CreateCloudImageBuilder builder = new CreateCloudImageBuilder(settings, "tencent", "free-${BUILD_NUMBER}");
        builder.setKeep(3);
        builder.setKeepDays(30);
        builder.setRetain("dryRun");
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(builder);
        jenkins.configRoundtrip(job);
        CreateCloudImageBuilder saved = job.getBuildersList().get(CreateCloudImageBuilder.class);
        jenkins.assertEqualDataBoundBeans(builder, saved);
        assertFalse(saved.isAcceptUnseenUse());

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        jenkins.assertLogContains("dry run of the retention: this job has 1 images of free-*", build);
        job.getBuildersList().replace(new CreateCloudImageBuilder(settings, "tencent", "web"));
        jenkins.configRoundtrip(job);
        assertNull(job.getBuildersList().get(CreateCloudImageBuilder.class).getKeep());

        CreateCloudImageStep step = new CreateCloudImageStep(settings, "tencent", "web");
        step.setKeep(5);
        step.setAcceptUnseenUse(true);
        String snippet = Snippetizer.object2Groovy(step);
        assertTrue(snippet.contains("acceptUnseenUse: true") && snippet.contains("keep: 5"), snippet);
        assertFalse(snippet.contains("retain") || snippet.contains("keepDays"), snippet);
        checks(jenkins.jenkins.getDescriptorByType(CreateCloudImageBuilder.DescriptorImpl.class));
    }

    private static void checks(CreateCloudImageBuilder.DescriptorImpl form) {
        assertEquals(FormValidation.Kind.OK, form.doCheckKeep("").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckKeep("5").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckKeep("0").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckKeepDays("many").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckAcceptUnseenUse(true, "5", "", "delete").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckAcceptUnseenUse(false, "5", "", "dryRun").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckAcceptUnseenUse(false, "", "", "delete").kind);
        FormValidation compared = form.doCheckAcceptUnseenUse(false, "5", "", "delete");
        assertEquals(FormValidation.Kind.WARNING, compared.kind);
        assertTrue(compared.getMessage().contains("JD Cloud, Tencent Cloud, Alibaba Cloud ECS"), compared.getMessage());
        assertEquals(FormValidation.Kind.ERROR, form.doCheckAcceptUnseenUse(true, "", "", "delete").kind);
    }
}

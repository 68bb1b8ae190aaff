package io.jenkins.plugins.cloudimage.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.cloud.AlibabaEcsSettings;
import io.jenkins.plugins.cloudimage.cloud.AlibabaEnsSettings;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackSettings;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.JdCloudSettings;
import io.jenkins.plugins.cloudimage.cloud.QcloudSettings;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.run.DeletionParameters;
import io.jenkins.plugins.cloudimage.step.DeleteCloudImageStep;
import java.util.List;
import java.util.TreeSet;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form of the steps that delete an image. */
@WithJenkins
class DeleteCloudImageBuilderTest {

    @Test
    void everyFieldAndEveryCloudSurvivesTheForm(JenkinsRule jenkins) throws Exception {
        ApsaraStackSettings apsara = new ApsaraStackSettings("cn-qingdao-env17-d01");
        apsara.setOrganizationId("11");
        List<CloudSettings> clouds = List.of(
                new TencentCloudSettings("ap-guangzhou"),
                new JdCloudSettings("cn-north-1"),
                new QcloudSettings("gz"),
                apsara,
                new AlibabaEnsSettings(),
                new AlibabaEcsSettings("cn-hangzhou"));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        for (CloudSettings cloud : clouds) {
            DeleteCloudImageBuilder before = new DeleteCloudImageBuilder(cloud, "tencent", "$CLOUD_IMAGE_ID");
            before.setJob("/bake");
            before.setNotOurs(true);
            before.setForce(true);
            job.getBuildersList().replace(before);
            jenkins.configRoundtrip(job);
            DeleteCloudImageBuilder after = job.getBuildersList().get(DeleteCloudImageBuilder.class);

            assertEquals(cloud.request("", null), after.getCloud().request("", null));
            jenkins.assertEqualBeans(before, after, "credentialsId,imageId,job,notOurs,force");
        }
        jenkins.createWebClient().executeOnServer(() -> {
            DeleteCloudImageStep.DescriptorImpl step =
                    jenkins.jenkins.getDescriptorByType(DeleteCloudImageStep.DescriptorImpl.class);
            assertNotNull(step.getHelpFile());
            DeletionParameters.FIELDS.forEach(field -> assertNotNull(step.getHelpFile(field), field));
            return null;
        });
        theSnippetShowsWhatWasSet();
        theFormKnowsWhatACloudDoes(jenkins.jenkins.getDescriptorByType(DeleteCloudImageBuilder.DescriptorImpl.class));
    }

    private static void theSnippetShowsWhatWasSet() {
        DeleteCloudImageStep step =
                new DeleteCloudImageStep(new TencentCloudSettings("ap-guangzhou"), "tencent", "img-1");
        assertEquals(
                "deleteCloudImage cloud: tencentCloud('ap-guangzhou'), credentialsId: 'tencent', imageId: 'img-1'",
                Snippetizer.object2Groovy(step));
        step.setForce(true);
        assertEquals(
                "deleteCloudImage cloud: tencentCloud('ap-guangzhou'), credentialsId: 'tencent', force: true,"
                        + " imageId: 'img-1'",
                Snippetizer.object2Groovy(step));
    }

    private static void theFormKnowsWhatACloudDoes(DeleteCloudImageBuilder.DescriptorImpl form) {
        assertEquals(
                "alibabaEcs apsaraStack jdCloud tencentCloud",
                String.join(" ", new TreeSet<>(List.of(form.getForcingClouds().split(" ")))));
        assertEquals(FormValidation.Kind.OK, form.doCheckForce(true, "tencentCloud").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckForce(false, "qcloud").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckForce(true, "qcloud").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckImageId(" ").kind);
        assertEquals(FormValidation.Kind.ERROR, form.doCheckImageId("img 1").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckImageId("img-1").kind);
        assertEquals(FormValidation.Kind.OK, form.doCheckImageId("${IMAGE}").kind);
    }
}

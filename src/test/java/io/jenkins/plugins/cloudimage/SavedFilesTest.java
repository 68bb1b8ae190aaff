package io.jenkins.plugins.cloudimage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.ApsaraStackInstallation;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.credentials.CloudAccessKey;
import io.jenkins.plugins.cloudimage.step.CreateCloudImageStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.jvnet.hudson.test.recipes.LocalData;

/** Files as earlier versions have written them are read by all later ones. The fixtures are never changed. */
@WithJenkins
class SavedFilesTest {

    @Test
    @LocalData
    void whatTheFirstVersionSavedIsLoaded(JenkinsRule jenkins) throws IOException {
        List<CloudProvider> clouds = JenkinsClouds.get().all();
        String settings = clouds.stream()
                .map(CloudProvider::id)
                .sorted(Comparator.naturalOrder())
                .map(cloud -> assertCommonParts(jenkins, cloud).getCloud())
                .map(cloud -> Snippetizer.object2Groovy(new CreateCloudImageStep(cloud, "key", "web")) + "\n")
                .collect(Collectors.joining());
        assertEquals(text("firstVersion.txt"), settings);

        CloudImageConfiguration configuration = CloudImageConfiguration.get();
        assertEquals(5, configuration.getPollSeconds());
        assertEquals(45, configuration.getTimeoutMinutes());
        assertEquals(2, configuration.getEndpoints().size());
        CustomEndpoint internal =
                configuration.endpoint("tencentCloud", "internal").orElseThrow();
        assertEquals("https://cvm.internal.tencentcloudapi.com", internal.getUrl());
        ApsaraStackInstallation stack = (ApsaraStackInstallation) configuration
                .endpoint("apsaraStack", "datacentre")
                .orElseThrow()
                .getProperties()
                .get(0);
        assertEquals("pop", stack.getGateway());
        assertEquals("37", stack.getOrganizationId());
        assertEquals("104", stack.getResourceSetId());
        assertEquals("2014-05-26", stack.getVersion());

        CloudAccessKey key = (CloudAccessKey)
                SystemCredentialsProvider.getInstance().getCredentials().get(0);
        assertEquals("key", key.getId());
        assertEquals("production", key.getDescription());
        assertEquals("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key.getAccessKeyId());
        assertEquals("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE", key.getSecretKey().getPlainText());
        assertEquals("session-token", Secret.toString(key.getSessionToken()));
    }

    private static CreateCloudImageBuilder assertCommonParts(JenkinsRule jenkins, String cloud) {
        CreateCloudImageBuilder builder = jenkins.jenkins
                .getItemByFullName(cloud, FreeStyleProject.class)
                .getBuildersList()
                .get(CreateCloudImageBuilder.class);
        assertEquals("key", builder.getCredentialsId());
        assertEquals("web-${BUILD_NUMBER}", builder.getImageName());
        assertEquals("nightly web tier", builder.getDescription());
        assertEquals("BAKED", builder.getVariable());
        assertEquals(45, builder.getTimeoutMinutes());
        assertEquals(true, builder.isStopInstance());
        assertEquals(true, builder.isStartAfterwards());
        assertEquals("delete", builder.getOnIncomplete());
        assertEquals("suffix", builder.getIfNameExists());
        return builder;
    }

    private static String text(String name) throws IOException {
        try (InputStream text = SavedFilesTest.class.getResourceAsStream("SavedFilesTest/" + name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

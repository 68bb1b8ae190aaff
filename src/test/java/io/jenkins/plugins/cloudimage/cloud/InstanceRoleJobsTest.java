package io.jenkins.plugins.cloudimage.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.Descriptor;
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.HomeFiles;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.config.NearbyMetadata;
import io.jenkins.plugins.cloudimage.core.canary.EveryLog;
import io.jenkins.plugins.cloudimage.credentials.CloudAccessKeyImpl;
import io.jenkins.plugins.cloudimage.credentials.InstanceRoleImpl;
import io.jenkins.plugins.cloudimage.simulator.FakeMetadataServices;
import io.jenkins.plugins.cloudimage.simulator.FakeServer;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.time.Clock;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs whose credential is the role of the controller's own instance. */
@WithJenkins
class InstanceRoleJobsTest {
    private static final String[] SECRETS = {"secret-of-temporary-key", "token+of/temporary", "metadata-token-"};

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    /** A cloud in which the controller's instance is, with the role as the only credential. */
    private static final class World implements AutoCloseable {
        final CloudFixture<?> cloud;
        final FakeMetadataServices.Of metadata;
        final FakeServer server;
        final FakeServer tokenService;

        World(String id) throws Exception {
            cloud = new CloudFixture<>(SimulatedCloud.every(Clock.systemUTC()).stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow());
            metadata = FakeMetadataServices.of(cloud.cloud);
            server = new FakeServer(metadata.fake());
            NearbyMetadata.serve(metadata.host(), server.endpoint());
            tokenService = new FakeServer(FakeTokenServices.of(cloud.cloud).fake());
            cloud.configure();
            CustomEndpoint endpoint = cloud.endpoint();
            endpoint.setStsUrl(tokenService.endpoint().toString());
            CloudImageConfiguration.get().setEndpoints(List.of(endpoint));
            RoleWorld.store(role());
        }

        InstanceRoleImpl role() {
            return new InstanceRoleImpl(
                    CredentialsScope.GLOBAL,
                    cloud.credentialsId(),
                    "",
                    metadata.platform().id());
        }

        CpsFlowDefinition pipeline() throws Descriptor.FormException {
            return new CpsFlowDefinition("echo \"made ${" + cloud.pipelineStep("imageName: 'web-1'") + "}\"", true);
        }

        FormValidation probe() throws ReflectiveOperationException {
            return new ConnectionProbe(ConnectionProbe.PATIENCE).run(cloud.settings(), null, cloud.credentialsId());
        }

        @Override
        public void close() {
            tokenService.close();
            server.close();
            cloud.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tencentCloud", "alibabaEcs", "qcloud"})
    void aPipelineMakesAnImageWithTheRoleAndLeavesNoPartOfItsKey(String id) throws Exception {
        try (EveryLog log = new EveryLog();
                World world = new World(id)) {
            FormValidation answer = world.probe();
            assertEquals(FormValidation.Kind.OK, answer.kind, answer.getMessage());
            assertTrue(answer.getMessage().contains("role of the controller"), answer.getMessage());
            assertTrue(answer.getMessage().contains(":assumed-role/"), answer.getMessage());
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(world.pipeline());

            WorkflowRun build = jenkins.buildAndAssertSuccess(job);

            String image = world.cloud.simulated.images().all().get(0).id();
            jenkins.assertLogContains("made " + image, build);
            // One key is enough.
            assertEquals(
                    1,
                    world.server.calls().stream()
                            .filter(call -> call.endsWith("image-builder"))
                            .count());
            for (String secret : SECRETS) {
                assertFalse(log.text().contains(secret), "The log contains " + secret);
            }
        }
        HomeFiles.assertNoneContains(jenkins.jenkins, SECRETS);
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() throws Exception {
        try (World world = new World("tencentCloud");
                CloudFixture<?> other = new CloudFixture<>(SimulatedCloud.jdCloud(Clock.systemUTC()))) {
            world.metadata.role().attach(null);
            FormValidation none = world.probe();
            assertEquals(FormValidation.Kind.ERROR, none.kind);
            assertTrue(none.getMessage().contains("has no role"), none.getMessage());

            other.configure();
            WorkflowJob elsewhere = jenkins.createProject(WorkflowJob.class);
            elsewhere.setDefinition(new CpsFlowDefinition(
                    other.pipelineStep("imageName: 'web-1'")
                            .replace("'" + other.credentialsId() + "'", "'" + world.cloud.credentialsId() + "'"),
                    true));
            WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, elsewhere);
            jenkins.assertLogContains("gives no keys for JD Cloud", refused);
            assertEquals(List.of(), other.server.calls());

            // Whoever may configure a folder can write any credential into its file.
            world.metadata.role().attach("image-builder");
            int asked = world.server.calls().size();
            RoleWorld.store();
            Folder folder = jenkins.createProject(Folder.class, "team");
            folder.addProperty(new FolderCredentialsProperty(
                    new DomainCredentials[] {new DomainCredentials(Domain.global(), List.of(world.role()))}));
            WorkflowJob job = folder.createProject(WorkflowJob.class, "bake");
            job.setDefinition(world.pipeline());
            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("may only be in Jenkins' own store", build);
            assertEquals(asked, world.server.calls().size());

            // No other credential stands for it, not even an empty one.
            RoleWorld.store(new CloudAccessKeyImpl(
                    CredentialsScope.GLOBAL, world.cloud.credentialsId(), "", "", Secret.fromString("")));
            WorkflowJob empty = jenkins.createProject(WorkflowJob.class, "empty");
            empty.setDefinition(world.pipeline());
            jenkins.buildAndAssertStatus(Result.FAILURE, empty);
            assertEquals(asked, world.server.calls().size());
            assertEquals(List.of(), world.cloud.server.calls());
        }
    }
}

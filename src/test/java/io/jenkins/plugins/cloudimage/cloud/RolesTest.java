package io.jenkins.plugins.cloudimage.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.CloudFixture;
import io.jenkins.plugins.cloudimage.HomeFiles;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.credentials.CloudRoleImpl;
import io.jenkins.plugins.cloudimage.simulator.FakeRole;
import io.jenkins.plugins.cloudimage.simulator.FakeTokenServices;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import io.jenkins.plugins.cloudimage.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs whose credential is a role, for each cloud that has roles. */
@WithJenkins
class RolesTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    static List<String> clouds() {
        return FakeTokenServices.CLOUDS;
    }

    private static RoleWorld world(String id) throws Exception {
        RoleWorld world = new RoleWorld(id);
        credential(world.cloud, world.service.role());
        return world;
    }

    private static void credential(CloudFixture<?> cloud, FakeRole role) throws IOException {
        CloudRoleImpl credential = new CloudRoleImpl(
                CredentialsScope.GLOBAL,
                cloud.credentialsId(),
                "",
                cloud.simulated.key().id(),
                Secret.fromString(cloud.simulated.key().secret()),
                role.name());
        credential.setExternalId(role.externalId());
        RoleWorld.store(credential);
    }

    private WorkflowJob pipeline(RoleWorld world) throws Exception {
        return world.define(jenkins.createProject(WorkflowJob.class));
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aPipelineMakesAnImageWithATemporaryKeyAndLeavesNoPartOfIt(String id) throws Exception {
        try (RoleWorld world = world(id)) {
            WorkflowRun build = jenkins.buildAndAssertSuccess(pipeline(world));

            String image = world.cloud.simulated.images().all().get(0).id();
            jenkins.assertLogContains("made " + image, build);
            assertEquals(1, world.server.count(world.service.withKey()));
            // JD Cloud gets the token in Base64.
            HomeFiles.assertNoneContains(
                    jenkins.jenkins,
                    "secret-of-temporary-key",
                    "token+of/temporary",
                    "dG9rZW4rb2YvdGVtcG9yYXJ5",
                    "TemporaryKeyNumber");
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aFreestyleJobMakesAnImage(String id) throws Exception {
        try (RoleWorld world = world(id)) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            job.getBuildersList()
                    .add(new CreateCloudImageBuilder(world.cloud.settings(), world.cloud.credentialsId(), "web-1"));

            jenkins.buildAndAssertSuccess(job);

            assertEquals(1, world.cloud.simulated.images().all().size());
            assertEquals(1, world.server.count(world.service.withKey()));
        }
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void testConnectionNamesTheRole(String id) throws Exception {
        try (RoleWorld world = world(id)) {
            FormValidation answer = new ConnectionProbe(ConnectionProbe.PATIENCE)
                    .run(world.cloud.settings(), null, world.cloud.credentialsId());

            assertEquals(FormValidation.Kind.OK, answer.kind, answer.getMessage());
            assertTrue(answer.getMessage().contains(world.service.role().name()), answer.getMessage());
            // The role's name says whose it is; the key that assumes it says so only when it is asked.
            int asked = FakeTokenServices.WITH_IDENTITIES.contains(id) ? 1 : 0;
            assertEquals(
                    asked == 1,
                    answer.getMessage().contains("The key that assumes the role belongs to the account 100000"),
                    answer.getMessage());
            assertEquals(asked, world.server.count("GetCallerIdentity"));
        }
    }

    @Test
    void aRoleThatDoesNotTrustTheKeyEndsTheStepWithTheReason() throws Exception {
        try (RoleWorld world = world("tencentCloud")) {
            credential(
                    world.cloud,
                    new FakeRole(
                            world.service.role().name(),
                            "another-id",
                            world.service.role().longest()));

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(world));

            jenkins.assertLogContains("cannot be assumed", build);
            jenkins.assertLogContains("trust policy", build);
            assertEquals(List.of(), world.cloud.server.calls());
        }
    }

    @Test
    void aTokenServiceThatIsThrottledIsAskedAgain() throws Exception {
        try (RoleWorld world = world("tencentCloud")) {
            world.server.faults().next("AssumeRole", Fault.THROTTLED);

            jenkins.buildAndAssertSuccess(pipeline(world));

            assertEquals(2, world.server.count("AssumeRole"));
        }
    }

    @Test
    void anExternalIdForJdCloudIsRefusedBeforeAnythingIsSent() throws Exception {
        try (RoleWorld world = world("jdCloud")) {
            credential(
                    world.cloud,
                    new FakeRole(
                            world.service.role().name(),
                            "jenkins-1",
                            world.service.role().longest()));

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, pipeline(world));

            jenkins.assertLogContains("JD Cloud knows no external ids", build);
            assertEquals(List.of(), world.server.calls());
            assertEquals(List.of(), world.cloud.server.calls());
        }
    }

    @Test
    void aCloudWithoutRolesRefusesOneBeforeAnythingIsSent() throws Exception {
        try (CloudFixture<?> cloud = new CloudFixture<>(SimulatedCloud.apsaraStack(Clock.systemUTC()))) {
            cloud.configure();
            credential(cloud, new FakeRole("acs:ram::1:role/x", "", null));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class);
            job.setDefinition(new CpsFlowDefinition(cloud.pipelineStep("imageName: 'web-1'"), true));

            WorkflowRun build = jenkins.buildAndAssertStatus(Result.FAILURE, job);

            jenkins.assertLogContains("cannot assume roles at Alibaba Apsara Stack", build);
            assertEquals(List.of(), cloud.server.calls());
        }
    }
}

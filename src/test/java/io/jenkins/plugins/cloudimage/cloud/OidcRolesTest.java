package io.jenkins.plugins.cloudimage.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider.FolderCredentialsProperty;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SecretBytes;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.DomainCredentials;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.HomeFiles;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.credentials.CloudOidcRoleImpl;
import io.jenkins.plugins.cloudimage.simulator.FakeIdentityProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.FileCredentialsImpl;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs whose credential is a role that an OpenID Connect token assumes: no key of the cloud is stored. */
@WithJenkins
class OidcRolesTest {
    private static final String TOKEN = "oidc-token";

    private static CloudOidcRoleImpl role(RoleWorld world) {
        return new CloudOidcRoleImpl(
                CredentialsScope.GLOBAL,
                world.cloud.credentialsId(),
                "",
                world.service.role().name(),
                world.service.provider(),
                TOKEN);
    }

    /** The subjects of its jobs are trusted. */
    private static Folder trusted(JenkinsRule jenkins) throws IOException {
        return jenkins.createProject(Folder.class, "images");
    }

    @Test
    void eachBuildMakesAnImageWithAKeyOfItsOwnAndLeavesNoPartOfIt(JenkinsRule jenkins) throws Exception {
        Folder images = trusted(jenkins);
        for (String id : List.of("tencentCloud", "alibabaEcs")) {
            try (RoleWorld world = new RoleWorld(id)) {
                BuildToken token = new BuildToken(TOKEN, FakeIdentityProvider.AUDIENCE);
                RoleWorld.store(role(world), token);
                WorkflowJob job = world.define(images.createProject(WorkflowJob.class, id));

                WorkflowRun build = jenkins.buildAndAssertSuccess(job);

                jenkins.assertLogContains(
                        "made " + world.cloud.simulated.images().all().get(0).id(), build);
                assertEquals(1, world.server.count(world.service.withToken()));
                assertNotNull(
                        CredentialsProvider.getOrCreateFingerprintOf(token).getRangeSet(job));

                FreeStyleProject next = images.createProject(FreeStyleProject.class, "next-" + id);
                next.getBuildersList()
                        .add(new CreateCloudImageBuilder(world.cloud.settings(), world.cloud.credentialsId(), "web-2"));
                jenkins.buildAndAssertSuccess(next);
                assertEquals(2, world.server.count(world.service.withToken()));

                // The subject of its token is not trusted, and it gets no key that others have got.
                WorkflowJob stranger = world.define(jenkins.createProject(WorkflowJob.class, "stranger-" + id));
                WorkflowRun refused = jenkins.buildAndAssertStatus(Result.FAILURE, stranger);
                jenkins.assertLogContains("cannot be assumed", refused);
                jenkins.assertLogContains("oidc:sub", refused);
                assertEquals(2, world.cloud.simulated.images().all().size());
            }
        }
        HomeFiles.assertNoneContains(
                jenkins.jenkins, "secret-of-temporary-key", "token+of/temporary", "TemporaryKeyNumber", "eyJhbGci");
    }

    @Test
    void theTokenIsThatOfTheJobsFolderAndEveryFaultOfItHasItsReason(JenkinsRule jenkins) throws Exception {
        Folder images = trusted(jenkins);
        try (RoleWorld world = new RoleWorld("alibabaEcs")) {
            RoleWorld.store(role(world));
            WorkflowJob job = world.define(images.createProject(WorkflowJob.class, "web"));
            WorkflowRun missing = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("secret text or secret file \"oidc-token\"", missing);
            assertEquals(List.of(), world.server.calls());

            RoleWorld.store(
                    role(world),
                    new StringCredentialsImpl(
                            CredentialsScope.GLOBAL, TOKEN, "", Secret.fromString("a-password-by-mistake")));
            WorkflowRun wrong = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("contains no OpenID Connect token", wrong);
            jenkins.assertLogNotContains("a-password", wrong);
            assertEquals(List.of(), world.server.calls());

            RoleWorld.store(role(world), new BuildToken(TOKEN, "another"));
            WorkflowRun foreign = jenkins.buildAndAssertStatus(Result.FAILURE, job);
            jenkins.assertLogContains("audience (aud)", foreign);

            String fromFile = new FakeIdentityProvider(Clock.systemUTC())
                    .token(FakeIdentityProvider.TRUSTED + "web", FakeIdentityProvider.AUDIENCE, Duration.ofMinutes(5));
            images.addProperty(new FolderCredentialsProperty(new DomainCredentials[0]));
            images.getProperties()
                    .get(FolderCredentialsProperty.class)
                    .getDomainCredentialsMap()
                    .computeIfAbsent(Domain.global(), any -> new ArrayList<>())
                    .add(new FileCredentialsImpl(
                            CredentialsScope.GLOBAL,
                            TOKEN,
                            "",
                            "token.jwt",
                            SecretBytes.fromBytes((fromFile + "\n").getBytes(StandardCharsets.US_ASCII))));
            jenkins.buildAndAssertSuccess(job);

            FormValidation answer = new ConnectionProbe(ConnectionProbe.PATIENCE)
                    .run(world.cloud.settings(), job, world.cloud.credentialsId());
            assertEquals(FormValidation.Kind.OK, answer.kind, answer.getMessage());
            assertTrue(answer.getMessage().contains(world.service.role().name()), answer.getMessage());
        }
    }
}

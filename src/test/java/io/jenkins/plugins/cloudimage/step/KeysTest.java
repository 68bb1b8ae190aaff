package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsParameterDefinition;
import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Fingerprint;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.TencentCloudSettings;
import io.jenkins.plugins.cloudimage.credentials.CloudAccessKeyImpl;
import io.jenkins.plugins.cloudimage.run.CleanUp;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where the key of a build comes from. */
@WithJenkins
class KeysTest {
    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static CloudAccessKeyImpl temporaryKey(String token) {
        CloudAccessKeyImpl key = new CloudAccessKeyImpl(
                CredentialsScope.GLOBAL,
                "temporary",
                "",
                FakeTencentCloud.SECRET_ID,
                Secret.fromString(FakeTencentCloud.SECRET_KEY));
        key.setSessionToken(Secret.fromString(token));
        return key;
    }

    private static CredentialsStore store() {
        return CredentialsProvider.lookupStores(Jenkins.get()).iterator().next();
    }

    private WorkflowJob job(String credentialsId) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(TencentFixture.STEP.replace("'tencent'", credentialsId), true));
        return job;
    }

    @Test
    void theSessionTokenOfACloudAccessKeyReachesTheCloudAndItsUseIsRecorded() throws Exception {
        tencent.cloud.requireToken("first");
        CloudAccessKeyImpl key = temporaryKey("first");
        store().addCredentials(Domain.global(), key);
        WorkflowJob job = job("'temporary'");

        jenkins.buildAndAssertSuccess(job);

        Fingerprint used = CredentialsProvider.getFingerprintOf(key);
        assertTrue(used.getJobs().contains(job.getFullName()), used.getJobs().toString());
    }

    @Test
    void aKeyThatIsReplacedDuringTheWaitIsTakenWhenTheCloudRefusesTheOldOne() throws Exception {
        tencent.cloud.images().take(Duration.ofSeconds(6));
        tencent.cloud.requireToken("first");
        store().addCredentials(Domain.global(), temporaryKey("first"));
        WorkflowRun run = job("'temporary'").scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);

        store().updateCredentials(Domain.global(), temporaryKey("first"), temporaryKey("second"));
        tencent.cloud.requireToken("second");

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertEquals(1, tencent.server.count("CreateImage"));
    }

    @Test
    void aParameterMayNameTheCredential() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        store().addCredentials(Domain.global(), TencentFixture.key("other", "not-the-secret"));
        WorkflowJob job = job("'${KEY}'");
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("KEY", null, "other", StandardCredentials.class.getName(), true)));

        WorkflowRun byDefault = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        jenkins.assertLogContains("[AuthFailure.SignatureFailure]", byDefault);

        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, parameter("tencent", new Cause.UserIdCause("alice"))));
    }

    @Test
    void aParameterMayNameTheCredentialOfAFreestyleJob() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TencentCloudSettings cloud = new TencentCloudSettings("ap-guangzhou");
        cloud.setEndpoint("simulator");
        cloud.setInstanceId("ins-6pb6lrmy");
        job.getBuildersList().add(new CreateCloudImageBuilder(cloud, "${KEY}", "web-1"));
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("KEY", null, "", StandardCredentials.class.getName(), true)));

        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0, parameter("tencent", new Cause.UserIdCause("alice"))));
    }

    @Test
    void aParameterOfWhoIsNoUserAnyMoreNamesNoCredential() throws Exception {
        WorkflowJob job = job("'${KEY}'");
        job.addProperty(new ParametersDefinitionProperty(
                new CredentialsParameterDefinition("KEY", null, "", StandardCredentials.class.getName(), true)));

        Run<?, ?> refused = jenkins.assertBuildStatus(
                Result.FAILURE, job.scheduleBuild2(0, parameter("tencent", new Cause.UserIdCause())));

        jenkins.assertLogContains("There is no credential \"${KEY}\" with an access key", refused);
    }

    private static hudson.model.Action[] parameter(String credentialsId, Cause cause) {
        return new hudson.model.Action[] {
            new ParametersAction(new CredentialsParameterValue("KEY", credentialsId, "", false)), new CauseAction(cause)
        };
    }

    @Test
    void aBuildThatRunsAsAUserUsesOnlyWhatThatUserMayUse() throws Exception {
        WorkflowJob job = job("'tencent'");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, hudson.model.Computer.BUILD, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("trusted")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, hudson.model.Computer.BUILD)
                .everywhere()
                .to("guest"));
        MockQueueItemAuthenticator authenticator = new MockQueueItemAuthenticator();
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().add(authenticator);

        authenticator.authenticate(
                job.getFullName(), User.getById("guest", true).impersonate2());
        Run<?, ?> refused = jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        jenkins.assertLogContains("There is no credential \"tencent\" with an access key", refused);
        assertEquals(List.of(), tencent.server.calls());

        authenticator.authenticate(
                job.getFullName(), User.getById("trusted", true).impersonate2());
        jenkins.assertBuildStatusSuccess(job.scheduleBuild2(0));
    }

    private void letTrustedUse(Permission... more) {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, hudson.model.Computer.BUILD)
                .everywhere()
                .to("trusted")
                .grant(more)
                .everywhere()
                .to("trusted"));
    }

    /** The key that the build has found is refused, so that it looks the key up again. */
    private void replaceKey(String before, String after) throws Exception {
        store().updateCredentials(Domain.global(), temporaryKey(before), temporaryKey(after));
        tencent.cloud.requireToken(after);
    }

    @Test
    void aUserWhoLosesTheRightDuringTheWaitGetsTheImageWhenItIsBack() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        tencent.cloud.requireToken("first");
        store().addCredentials(Domain.global(), temporaryKey("first"));
        WorkflowJob job = job("'temporary'");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        letTrustedUse(CredentialsProvider.USE_ITEM);
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                job.getFullName(), User.getById("trusted", true).impersonate2()));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);

        letTrustedUse();
        replaceKey("first", "second");

        jenkins.waitForMessage("There is no credential \"temporary\" with an access key", run);
        assertTrue(run.isBuilding());
        letTrustedUse(CredentialsProvider.USE_ITEM);
        tencent.cloud.images().finish();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void aCredentialThatIsDeletedAndNotPutBackEndsTheWaitAtItsTimeout() throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        tencent.cloud.requireToken("first");
        store().addCredentials(Domain.global(), temporaryKey("first"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                TencentFixture.step("imageName: 'web-1', timeoutMinutes: 1").replace("'tencent'", "'temporary'"),
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);

        store().removeCredentials(Domain.global(), temporaryKey("first"));
        tencent.cloud.requireToken("none");

        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("There is no credential \"temporary\" with an access key", run);
    }

    @Test
    void aCredentialOfADomainIsUsedOnlyThere() throws Exception {
        Domain elsewhere = new Domain(
                "elsewhere",
                null,
                List.of(new com.cloudbees.plugins.credentials.domains.HostnameSpecification(
                        "cvm.tencentcloudapi.com", null)));
        SystemCredentialsProvider.getInstance()
                .getDomainCredentialsMap()
                .put(elsewhere, List.of(TencentFixture.key("limited", FakeTencentCloud.SECRET_KEY)));

        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job("'limited'"));

        jenkins.assertLogContains("may use at 127.0.0.1", run);
        assertEquals(List.of(), tencent.server.calls());
    }

    /** A job in a folder with a key of its own, which is deleted while an aborted build's image is made. */
    private void deleteJobInFolder(Credentials folderKey) throws Exception {
        tencent.cloud.images().take(Duration.ofHours(1));
        Folder folder = jenkins.createProject(Folder.class, "team");
        folderStore(folder).addCredentials(Domain.global(), folderKey);
        WorkflowJob job = folder.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(
                TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'")
                        .replace("'tencent'", "'shared'"),
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);
        run.doStop();
        jenkins.waitForCompletion(run);
        job.delete();
        tencent.cloud.images().finish();
    }

    private static CredentialsStore folderStore(Folder folder) {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("The folder has no store");
    }

    @Test
    void theKeyOfAFolderCleansUpAfterADeletedJob() throws Exception {
        deleteJobInFolder(TencentFixture.key("shared", FakeTencentCloud.SECRET_KEY));

        ExtensionList.lookupSingleton(CleanUp.class).doRun();

        TencentFixture.await(() -> tencent.cloud.images().all().isEmpty());
    }
}

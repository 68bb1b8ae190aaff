package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.FreeStyleProject;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.credentials.CloudAccessKeyImpl;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose key the clean-up uses when the job is gone. */
@WithJenkins
class AccountsTest {
    private static final String OTHER = "AKIDother00000000000000000000000other";

    private final TencentFixture tencent = new TencentFixture();
    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        tencent.configure();
        SystemCredentialsProvider.getInstance().setDomainCredentialsMap(Map.of(Domain.global(), List.of()));
    }

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static Credentials key(CredentialsScope scope, String accessKeyId, String secret) {
        return new CloudAccessKeyImpl(scope, "tencent", "", accessKeyId, Secret.fromString(secret));
    }

    private static void shareEverywhere(Credentials key) throws Exception {
        CredentialsProvider.lookupStores(Jenkins.get()).iterator().next().addCredentials(Domain.global(), key);
    }

    private void shareInFolder(String name, Credentials key) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, name);
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                store.addCredentials(Domain.global(), key);
            }
        }
    }

    /** The secret of the key that is found. */
    private String secret() throws CloudException {
        return secret(Instant.now());
    }

    private String secret(Instant started) throws CloudException {
        Creation creation = TestRecords.at(
                TestRecords.planned("team/deep/bake#7", tencent.simulated.request(), started), Phase.BUILDING, null);
        return new Accounts(JenkinsClouds.get(), CreationService::hash)
                .connect(creation)
                .key()
                .secret();
    }

    private void assertAdministratorDecides() {
        CloudException e = assertThrows(CloudException.class, this::secret);
        assertEquals(ErrorKind.AUTHENTICATION, e.error().kind());
        assertTrue(
                e.error().text().contains("An administrator has to decide"),
                e.error().text());
    }

    @Test
    void theNearestFolderThatIsLeftHasIt() throws Exception {
        shareInFolder("team", key(CredentialsScope.GLOBAL, FakeTencentCloud.SECRET_ID, "of-the-folder"));
        shareEverywhere(key(CredentialsScope.GLOBAL, FakeTencentCloud.SECRET_ID, "of-all"));

        assertEquals("of-the-folder", secret());
    }

    @Test
    void elseAllOfJenkinsHasIt() throws Exception {
        shareEverywhere(key(CredentialsScope.GLOBAL, FakeTencentCloud.SECRET_ID, "of-all"));

        assertEquals("of-all", secret());
    }

    @Test
    void aKeyOfAnotherAccountIsNotTaken() throws Exception {
        shareInFolder("team", key(CredentialsScope.GLOBAL, OTHER, "of-another-account"));

        assertAdministratorDecides();

        shareEverywhere(key(CredentialsScope.GLOBAL, FakeTencentCloud.SECRET_ID, "of-all"));
        assertEquals("of-all", secret());
    }

    @Test
    void aKeyOfTheSystemIsNotTaken() throws Exception {
        shareEverywhere(key(CredentialsScope.SYSTEM, FakeTencentCloud.SECRET_ID, "of-the-system"));

        assertAdministratorDecides();
    }

    @Test
    void withoutAnyKeyAnAdministratorDecides() {
        assertAdministratorDecides();
    }

    /** Whoever made it may not have the image of another account deleted. */
    @Test
    void aJobThatWasMadeAgainHasToHoldTheSameKey() throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        shareInFolder("team", key(CredentialsScope.GLOBAL, OTHER, "of-another-account"));
        FreeStyleProject again = bake();
        again.updateNextBuildNumber(6);
        assertThrows(CloudException.class, () -> secret(before));
        jenkins.buildAndAssertSuccess(again);
        jenkins.buildAndAssertSuccess(again);
        again.getBuildByNumber(7).delete();

        assertThrows(CloudException.class, () -> secret(before));
        shareEverywhere(key(CredentialsScope.GLOBAL, FakeTencentCloud.SECRET_ID, "of-all"));

        assertEquals("of-all", secret(before));
    }

    @Test
    void aJobWhoseBuildWasDeletedMayHaveGotAnotherKey() throws Exception {
        shareInFolder("team", key(CredentialsScope.GLOBAL, OTHER, "a-new-one"));
        FreeStyleProject bake = bake();
        bake.updateNextBuildNumber(6);
        jenkins.buildAndAssertSuccess(bake);
        jenkins.buildAndAssertSuccess(bake);
        bake.getBuildByNumber(7).delete();

        assertEquals("a-new-one", secret());
    }

    private FreeStyleProject bake() throws Exception {
        return ((Folder) Jenkins.get().getItem("team"))
                .createProject(Folder.class, "deep")
                .createProject(FreeStyleProject.class, "bake");
    }
}

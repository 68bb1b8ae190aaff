package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.ExtensionList;
import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.credentials.CloudAccessKeyImpl;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import java.time.Duration;
import java.util.Optional;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A pull request is closed, and its job is deleted, while its image is to be deleted and its instance is off. */
class DeletedBranchTest {
    private static final String SCRIPT = TencentFixture.step(
                    "imageName: 'web-1', stopInstance: true, startAfterwards: true, onIncomplete: 'delete'")
            .replace("'tencent'", "'shared'");

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static Credentials key(String token) {
        CloudAccessKeyImpl key = new CloudAccessKeyImpl(
                CredentialsScope.GLOBAL,
                "shared",
                "",
                FakeTencentCloud.SECRET_ID,
                Secret.fromString(FakeTencentCloud.SECRET_KEY));
        key.setSessionToken(Secret.fromString(token));
        return key;
    }

    private static CredentialsStore store(AbstractFolder<?> folder) {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getContext() == folder) {
                return store;
            }
        }
        throw new AssertionError("The folder has no store");
    }

    private static WorkflowMultiBranchProject project(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        WorkflowMultiBranchProject project = team.createProject(WorkflowMultiBranchProject.class, "app");
        project.getSourcesList()
                .add(new BranchSource(new SingleSCMSource("PR-1", new SingleFileSCM("Jenkinsfile", SCRIPT))));
        return project;
    }

    private static WorkflowRun build(JenkinsRule jenkins, WorkflowMultiBranchProject project) throws Exception {
        project.scheduleBuild2(0).getFuture().get();
        TencentFixture.await(
                () -> project.getItem("PR-1") != null && project.getItem("PR-1").getBuildByNumber(1) != null);
        WorkflowRun run = project.getItem("PR-1").getBuildByNumber(1);
        jenkins.waitForMessage("is being made as", run);
        return run;
    }

    private static void cleanUp() {
        ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
    }

    private void assertAllIsRight() throws Exception {
        TencentFixture.await(
                Duration.ofMinutes(3),
                () -> tencent.cloud.images().all().isEmpty()
                        && tencent.cloud.instances().power("ins-6pb6lrmy").equals(Optional.of(Power.RUNNING)));
    }

    @Test
    void theKeyOfTheNearestFolderThatIsLeftFinishesTheCleanupAfterARestart() throws Throwable {
        tencent.cloud.images().take(Duration.ofHours(1));
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowMultiBranchProject project = project(jenkins);
            store(project).addCredentials(Domain.global(), key(""));
            WorkflowRun run = build(jenkins, project);
            run.doStop();
            jenkins.waitForCompletion(run);
            // As the indexing does when the pull request is closed.
            project.getItem("PR-1").delete();
        });
        tencent.cloud.images().finish();
        sessions.then(jenkins -> {
            cleanUp();
            assertAllIsRight();
        });
    }

    @Test
    void withoutAnyKeyAnAdministratorIsToldAndAKeyThatIsAddedFinishesTheCleanup() throws Throwable {
        tencent.cloud.images().take(Duration.ofHours(1));
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowMultiBranchProject project = project(jenkins);
            store((Folder) project.getParent()).addCredentials(Domain.global(), key(""));
            WorkflowRun run = build(jenkins, project);
            run.doStop();
            jenkins.waitForCompletion(run);
            ((Folder) project.getParent()).delete();
        });
        tencent.cloud.images().finish();
        sessions.then(jenkins -> {
            AttentionMonitor monitor = ExtensionList.lookupSingleton(AttentionMonitor.class);
            TencentFixture.await(() -> {
                cleanUp();
                return monitor.isActivated();
            });
            assertEquals(1, monitor.getStuck());
            try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
                String page = browser.goTo("manage/cloud-images/").asNormalizedText();
                assertTrue(page.contains("The build team/app/PR-1#1 no longer exists"), page);
            }
            assertEquals(1, tencent.cloud.images().all().size());

            SystemCredentialsProvider.getInstance().getCredentials().add(key(""));

            assertAllIsRight();
            TencentFixture.await(() -> {
                cleanUp();
                return !monitor.isActivated();
            });
        });
    }

    @Test
    void aBranchWhoseProjectIsDisabledStillFindsItsKey() throws Throwable {
        tencent.cloud.images().take(Duration.ofHours(1));
        tencent.cloud.requireToken("first");
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowMultiBranchProject project = project(jenkins);
            store(project).addCredentials(Domain.global(), key("first"));
            WorkflowRun run = build(jenkins, project);

            project.makeDisabled(true);
            store(project).updateCredentials(Domain.global(), key("first"), key("second"));
            tencent.cloud.requireToken("second");
            tencent.cloud.images().finish();

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        });
    }
}

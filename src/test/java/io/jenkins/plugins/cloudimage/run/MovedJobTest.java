package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.Items;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.TencentFixture;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A job gets another name or place while it waits for its image. */
class MovedJobTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private WorkflowRun waiting(JenkinsRule jenkins) throws Exception {
        tencent.configure();
        tencent.cloud.images().take(Duration.ofHours(1));
        WorkflowJob job = jenkins.createProject(Folder.class, "team").createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(
                "echo \"got ${" + TencentFixture.step("imageName: 'web-1', onIncomplete: 'delete'") + "}\"", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("is being made as", run);
        return run;
    }

    private static void move(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        ((Folder) job.getParent()).renameTo("crew");
        Items.move(job, jenkins.createProject(Folder.class, "other"));
        job.renameTo("brew");
        ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
    }

    private static void awaitRecord(String build) throws Exception {
        TencentFixture.await(
                () -> CreationService.get().all().get(0).build().build().equals(build));
    }

    private void assertGotItsImage(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("got " + tencent.cloud.images().all().get(0).id(), run);
        assertEquals(1, run.getAction(CloudImageAction.class).getImages().size());
        TencentFixture.await(() -> CreationService.get().all().isEmpty());
    }

    @Test
    void theWaitGoesOn() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins);

            move(jenkins, run.getParent());
            awaitRecord("other/brew#1");
            ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
            tencent.cloud.images().finish();

            assertGotItsImage(jenkins, run);
        });
    }

    @Test
    void theWaitGoesOnAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            move(jenkins, waiting(jenkins).getParent());
            awaitRecord("other/brew#1");
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("other/brew", WorkflowJob.class);
            ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
            tencent.cloud.images().finish();

            assertGotItsImage(jenkins, job.getBuildByNumber(1));
        });
    }

    /** Its build #1 is another one, to which nothing is delivered. */
    @Test
    void aJobThatIsMadeAgainUnderItsNameIsLeftAlone() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins);
            run.doStop();
            jenkins.waitForCompletion(run);
            Folder team = (Folder) run.getParent().getParent();
            run.getParent().delete();
            WorkflowJob again = team.createProject(WorkflowJob.class, "bake");
            again.setDefinition(new CpsFlowDefinition("echo 'another job'", true));
            WorkflowRun other = jenkins.buildAndAssertSuccess(again);
            assertEquals(run.getExternalizableId(), other.getExternalizableId());

            ExtensionList.lookupSingleton(CleanUp.class).execute(TaskListener.NULL);
            tencent.cloud.images().finish();

            TencentFixture.await(
                    Duration.ofMinutes(2), () -> tencent.cloud.images().all().isEmpty());
            assertNull(other.getAction(CloudImageAction.class));
            assertEquals(List.of(), other.getArtifacts());
        });
    }
}

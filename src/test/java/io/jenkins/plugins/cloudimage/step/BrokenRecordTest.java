package io.jenkins.plugins.cloudimage.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Result;
import io.jenkins.plugins.cloudimage.TencentFixture;
import io.jenkins.plugins.cloudimage.run.CloudImageAction;
import io.jenkins.plugins.cloudimage.run.ImageEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A record that is lost, cannot be understood or cannot be written: one sentence with the file and the way out. */
class BrokenRecordTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final TencentFixture tencent = new TencentFixture();

    @AfterEach
    void stop() {
        tencent.close();
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.createProject(WorkflowJob.class, "bake");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private Path ledger() {
        return sessions.getHome().toPath().resolve("cloud-image").resolve("creations");
    }

    private List<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(ledger())) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    /** Three waits at once, whose records come to harm while Jenkins is down. */
    @Test
    void aStepWhoseRecordIsBrokenSaysSoAndItsPageTellsTheEnd() throws Throwable {
        tencent.cloud.images().take(Duration.ofHours(1));
        sessions.then(jenkins -> {
            tencent.configure();
            WorkflowRun run = start(
                    jenkins,
                    "parallel(a: { %s }, b: { %s }, c: { %s })"
                            .formatted(
                                    TencentFixture.step("imageName: 'a', variable: 'A'"),
                                    TencentFixture.step("imageName: 'b', variable: 'B'"),
                                    TencentFixture.step("imageName: 'c', variable: 'C'")));
            for (String name : List.of("a", "b", "c")) {
                jenkins.waitForMessage("Cloud image " + name + ": is being made as", run);
            }
        });
        List<Path> records = records();
        assertEquals(3, records.size());
        Path truncated = records.get(0);
        Path unknown = records.get(1);
        Path lost = records.get(2);
        String text = Files.readString(truncated);
        Files.writeString(truncated, text.substring(0, text.length() / 2));
        Files.writeString(unknown, "{\"schema\": 99}");
        Files.delete(lost);

        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("bake", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));

            List<ImageEntry> images = run.getAction(CloudImageAction.class).getImages();
            assertEquals(3, images.size());
            for (ImageEntry image : images) {
                assertEquals("failed", image.getState());
                assertFalse(image.isWaiting());
            }
            assertTold(images, truncated, "Cannot read the creation record " + truncated);
            assertTold(images, unknown, "Cannot read the creation record " + unknown);
            assertTold(images, lost, "The record " + key(lost) + " of this image is missing");
            assertFalse(run.getAction(CloudImageAction.class).isLive());
            jenkins.assertLogContains("so the step cannot continue", run);
            jenkins.assertLogNotContains("jackson", run);
            jenkins.assertLogNotContains("\tat ", run);
        });
        assertEquals(3, tencent.server.count("CreateImage"));
    }

    private static String key(Path record) {
        return record.getFileName().toString().replace(".json", "");
    }

    private static void assertTold(List<ImageEntry> images, Path record, String sentence) {
        String error = images.stream()
                .filter(image -> image.getKey().equals(key(record)))
                .findFirst()
                .orElseThrow()
                .getError();
        assertTrue(error.startsWith(sentence), error);
        assertEquals(1, error.lines().count(), error);
    }

    /** As the administrator of the computer, tests may write to any folder, so a file stands in its way. */
    @Test
    void aFolderThatCannotBeWrittenToIsNamedAndNothingIsSent() throws Throwable {
        sessions.then(jenkins -> {
            tencent.configure();
            Files.createDirectories(ledger().getParent());
            Files.writeString(ledger(), "no folder");

            WorkflowRun run = start(jenkins, TencentFixture.STEP);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("creation record " + ledger(), run);
            jenkins.assertLogContains("so nothing was sent to the cloud", run);
            jenkins.assertLogContains("Let Jenkins write to that folder", run);
            jenkins.assertLogNotContains("\tat ", run);
            assertEquals(List.of(), tencent.server.calls());
        });
    }
}

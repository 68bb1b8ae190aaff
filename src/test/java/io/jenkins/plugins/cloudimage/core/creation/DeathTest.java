package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The process dies while a call is under way, so that its answer reaches nobody. What the disk had at that moment is all
 * that the next process knows.
 */
class DeathTest {
    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private int calls;
    private boolean dead;

    /** Copies the records as they are now. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, false", "1, true, false", "1, false, true", "1, true, true",
        "2, false, false", "2, true, false", "2, false, true", "2, true, true",
        "3, false, false", "3, true, false", "3, false, true", "3, true, true",
        "4, false, false", "4, true, false", "4, false, true", "4, true, true"
    })
    void oneImageIsMadeWhicheverCallTheProcessDiesIn(int fatal, boolean carriedOut, boolean namesNoId) {
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        try (EngineRig rig = new EngineRig(before, 1)) {
            if (namesNoId) {
                rig.tencent().nameNoId();
            }
            Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
            rig.onRequest = action -> {
                if (++calls == fatal) {
                    copy(before, after);
                    rig.server.faults().next(action, carriedOut ? Fault.LOSE_ANSWER : Fault.RESET_BEFORE);
                    rig.die();
                    dead = true;
                }
            };
            rig.run(creation);
            rig.time.runUntil(() -> dead);

            rig.resumeAll(after);
            Creation end = rig.finish(creation);

            assertEquals(Outcome.READY, end.progress().outcome(), end.toString());
            assertEquals(rig.imageIds(), List.of(end.progress().imageId()));
            assertTrue(rig.server.count("CreateImage") <= 2);
        }
    }

    /** Once the image is deleted, nothing at the cloud tells which snapshots were its own. */
    @ParameterizedTest
    @CsvSource({
        "ALIBABA_ECS, DescribeSnapshots, false", "ALIBABA_ECS, DescribeSnapshots, true",
        "ALIBABA_ECS, DeleteImage, false", "ALIBABA_ECS, DeleteImage, true",
        "ALIBABA_ECS, DeleteSnapshot, false", "ALIBABA_ECS, DeleteSnapshot, true",
        "APSARA_STACK, DescribeSnapshots, false", "APSARA_STACK, DescribeSnapshots, true",
        "APSARA_STACK, DeleteImage, false", "APSARA_STACK, DeleteImage, true",
        "APSARA_STACK, DeleteSnapshot, false", "APSARA_STACK, DeleteSnapshot, true",
        "TENCENT, DeleteImages, false", "TENCENT, DeleteImages, true",
        "JD_CLOUD, deleteImage, false", "JD_CLOUD, deleteImage, true"
    })
    void noSnapshotIsLeftWhicheverCallOfTheCleanUpTheProcessDiesIn(TestCloud cloud, String fatal, boolean carriedOut) {
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        try (EngineRig rig = new EngineRig(before, 1, cloud)) {
            rig.account.machines().add("i-1");
            Creation creation = rig.plan(
                    cloud.request("web-1", "i-1"),
                    new Options(rig.stoppedSource(), false, Options.OnIncomplete.DELETE, Options.IfNameExists.FAIL),
                    EngineRig.TIMEOUT);
            rig.run(creation);
            rig.until(creation, Phase.BUILDING);
            rig.time.pass(Duration.ofMinutes(9));
            assertEquals(1, rig.account.snapshots().get().size());
            rig.onRequest = action -> {
                if (!dead && action.equals(fatal)) {
                    copy(before, after);
                    rig.server.faults().next(action, carriedOut ? Fault.LOSE_ANSWER : Fault.RESET_BEFORE);
                    rig.die();
                    dead = true;
                }
            };
            rig.engine.abort(creation.key());
            rig.time.runUntil(() -> dead);

            rig.resumeAll(after);
            Creation end = rig.finish(creation);

            assertEquals(Outcome.ABORTED, end.progress().outcome());
            assertTrue(
                    end.progress().chores().stream().allMatch(chore -> chore.state() == Chore.State.DONE),
                    end.toString());
            assertEquals(List.of(), rig.imageIds());
            assertEquals(Set.of(), rig.account.snapshots().get());
        }
    }
}

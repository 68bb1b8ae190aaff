package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process dies after each save, and during each call, so that the response is lost. The next process knows only
 * what is on disk at that moment.
 */
class DeathTest {
    private static final Options OPTIONS = new Options(true, true, OnIncomplete.DELETE, IfNameExists.FAIL);

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private int calls;
    private boolean dead;

    /** Copies the records as they are now. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.deleteIfExists(to.resolve(file.getFileName()));
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EngineRig rig(TestCloud cloud, int death) {
        return new EngineRig(folder.resolve(cloud + "-" + death), 1, cloud);
    }

    private Path home(TestCloud cloud, int death) {
        return folder.resolve(cloud + "-" + death);
    }

    private static Creation start(EngineRig rig, String instance) {
        rig.account.instances().add(instance);
        Creation creation = rig.plan(rig.cloud.request("web-1", instance), OPTIONS, EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    /** Lets the process die after the n-th save. Returns whether there were so many. */
    private static boolean dieAfterSave(EngineRig rig, Creation creation, int n, BooleanSupplier over) {
        // Each save replaces the file.
        Object[] file = {rig.file(creation)};
        int[] saves = new int[1];
        rig.time.runUntil(() -> {
            Object now = rig.file(creation);
            if (!now.equals(file[0])) {
                file[0] = now;
                saves[0]++;
            }
            return saves[0] == n || over.getAsBoolean();
        });
        rig.die();
        return saves[0] == n;
    }

    private static void assertImageOrTruth(EngineRig rig, Creation end, String what) {
        if (end.outcome() == Outcome.READY) {
            assertEquals(rig.imageIds(), List.of(String.valueOf(end.imageId())), what);
        } else {
            assertEquals(Outcome.FAILED, end.outcome(), what);
            assertNotNull(end.problem(), what);
            // The outcome is unknown where names are not unique and there is no token.
            assertEquals(ErrorKind.UNKNOWN_ANSWER, end.problem().kind(), what);
            assertEquals(SideEffect.POSSIBLE, end.problem().sideEffect(), what);
            assertEquals(List.of(), rig.imageIds(), what);
        }
        rig.time.pass(Duration.ofMinutes(2));
        assertEquals(Optional.of(Power.RUNNING), rig.account.instances().power("i-1"), what);
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void oneImageIsMadeWhicheverSaveTheProcessDiesAfter(TestCloud cloud) {
        boolean died = true;
        for (int n = 1; died; n++) {
            try (EngineRig rig = rig(cloud, n)) {
                Creation creation = start(rig, "i-1");
                died = dieAfterSave(rig, creation, n, () -> rig.isDone(creation));
                rig.time.pass(Duration.ofSeconds(45));
                rig.resumeAll(home(cloud, n));

                assertImageOrTruth(rig, rig.finish(creation), cloud + " after save " + n);
            }
            assertTrue(died || n > 5, "Only " + n + " saves");
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void oneImageIsMadeWhicheverCallTheProcessDiesIn(TestCloud cloud) {
        int number = 100;
        for (boolean carriedOut : List.of(false, true)) {
            dead = true;
            for (int n = 1; dead; n++) {
                number++;
                try (EngineRig rig = rig(cloud, number)) {
                    int fatal = n;
                    calls = 0;
                    dead = false;
                    rig.onRequest = action -> {
                        if (++calls == fatal) {
                            rig.server.faults().next(action, carriedOut ? Fault.LOSE_ANSWER : Fault.RESET_BEFORE);
                            rig.die();
                            dead = true;
                        }
                    };
                    Creation creation = start(rig, "i-1");
                    rig.time.runUntil(() -> dead || rig.isDone(creation));

                    rig.resumeAll(home(cloud, number));
                    Creation end = rig.finish(creation);

                    assertImageOrTruth(rig, end, cloud + " in call " + n + " carried out: " + carriedOut);
                    assertTrue(rig.count("CreateImage") <= 2);
                }
            }
        }
    }

    /** The build was aborted and told; another process continues with the cleanup tasks. */
    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void anAbortedImageIsDeletedWhicheverSaveTheProcessDiesAfter(TestCloud cloud) {
        boolean died = true;
        for (int n = 1; died; n++) {
            try (EngineRig rig = rig(cloud, n)) {
                Creation creation = start(rig, "i-1");
                rig.until(creation, Phase.BUILDING);
                rig.time.pass(Duration.ofMinutes(5));
                rig.engine.abort(creation.key());
                rig.time.runUntil(() -> rig.saved(creation).ended());
                died = dieAfterSave(rig, creation, n, () -> rig.isDone(creation));
                rig.restart(home(cloud, n));
                rig.engine.cleanUp(creation.key(), news -> {});

                Creation end = rig.finish(creation);

                String what = cloud + " after save " + n + ": " + end;
                assertEquals(Outcome.ABORTED, end.outcome(), what);
                assertTrue(end.tasks().stream().allMatch(task -> task.state() == CleanupTask.State.DONE), what);
                assertEquals(List.of(), rig.imageIds(), what);
                assertEquals(Set.of(), rig.account.snapshots().get(), what);
                rig.time.pass(Duration.ofMinutes(2));
                assertEquals(Optional.of(Power.RUNNING), rig.account.instances().power("i-1"), what);
            }
        }
    }

    /** After the image is deleted, the cloud no longer tells which snapshots belonged to it. */
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
    void noSnapshotIsLeftWhicheverCallOfTheCleanupTheProcessDiesIn(TestCloud cloud, String fatal, boolean carriedOut) {
        try (EngineRig rig = rig(cloud, 0)) {
            rig.account.instances().add("i-1");
            Creation creation = rig.plan(
                    cloud.request("web-1", "i-1"),
                    new Options(rig.stoppedSource(), false, OnIncomplete.DELETE, IfNameExists.FAIL),
                    EngineRig.TIMEOUT);
            rig.run(creation);
            rig.until(creation, Phase.BUILDING);
            rig.time.pass(Duration.ofMinutes(9));
            assertEquals(1, rig.account.snapshots().get().size());
            rig.onRequest = action -> {
                if (!dead && action.equals(fatal)) {
                    rig.server.faults().next(action, carriedOut ? Fault.LOSE_ANSWER : Fault.RESET_BEFORE);
                    rig.die();
                    dead = true;
                }
            };
            rig.engine.abort(creation.key());
            rig.time.runUntil(() -> dead);

            rig.resumeAll(home(cloud, 0));
            Creation end = rig.finish(creation);

            assertEquals(Outcome.ABORTED, end.outcome());
            assertTrue(end.tasks().stream().allMatch(task -> task.state() == CleanupTask.State.DONE), end.toString());
            assertEquals(List.of(), rig.imageIds());
            assertEquals(Set.of(), rig.account.snapshots().get());
        }
    }
}

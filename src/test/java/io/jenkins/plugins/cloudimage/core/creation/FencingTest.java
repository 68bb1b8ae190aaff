package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records that were copied, restored from a backup or contradicted wait for a person. */
class FencingTest {
    private static final List<String> CHANGES =
            List.of("CreateImage", "DeleteImage", "DeleteSnapshot", "StopInstance", "StartInstance");

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private static Creation start(EngineRig rig) {
        rig.account.instances().add("i-1");
        Creation creation = rig.plan(
                rig.cloud.request("web-1", "i-1"),
                new Options(true, true, OnIncomplete.DELETE, IfNameExists.FAIL),
                EngineRig.TIMEOUT);
        rig.run(creation);
        return creation;
    }

    private static long changes(EngineRig rig) {
        return CHANGES.stream().mapToLong(rig::count).sum();
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aLedgerThatIsCopiedToASecondEngineChangesNothing(TestCloud cloud) {
        Path home = folder.resolve("home");
        Path copied = folder.resolve("copy");
        try (EngineRig rig = new EngineRig(home, 1, cloud)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            DeathTest.copy(home, copied);
            long before = changes(rig);
            EngineRig second = new EngineRig(rig, copied);
            second.engine.cleanUp(creation.key(), news -> {});
            second.time.pass(Duration.ofMinutes(5));
            assertEquals(before, changes(rig), "mid-image");

            Creation end = rig.finish(creation);
            Set<String> snapshots = rig.account.snapshots().get();
            rig.time.pass(Duration.ofHours(1));
            before = changes(rig);
            rig.time.pass(Duration.ofDays(2));

            assertEquals(Outcome.READY, end.outcome());
            assertEquals(before, changes(rig));
            assertEquals(List.of(String.valueOf(end.imageId())), rig.imageIds());
            assertEquals(snapshots, rig.account.snapshots().get());
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void aBackupThatIsThirtyDaysOldChangesNothing(TestCloud cloud) {
        Path home = folder.resolve("home");
        Path backup = folder.resolve("backup");
        try (EngineRig rig = new EngineRig(home, 1, cloud)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            DeathTest.copy(home, backup);
            Creation end = rig.finish(creation);
            Set<String> snapshots = rig.account.snapshots().get();
            rig.die();
            rig.time.pass(Duration.ofDays(30));
            DeathTest.copy(backup, home);
            long before = changes(rig);
            rig.restart(home);
            rig.engine.cleanUp(creation.key(), news -> {});
            rig.time.pass(Duration.ofDays(2));

            assertEquals(before, changes(rig));
            assertEquals(List.of(String.valueOf(end.imageId())), rig.imageIds());
            assertEquals(snapshots, rig.account.snapshots().get());
        }
    }

    @Test
    void aRecordThatItsBuildContradictsChangesNothing() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.contradicted = each -> true;
            rig.restart(folder);
            long before = changes(rig);
            rig.engine.cleanUp(creation.key(), news -> {});
            rig.time.pass(Duration.ofDays(2));

            assertEquals(before, changes(rig));
        }
    }

    @Test
    void aFencedRecordActsForABuildThatRuns() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.contradicted = each -> true;
            rig.resumeAll(folder);

            assertEquals(Outcome.READY, rig.finish(creation).outcome());
            rig.time.pass(Duration.ofMinutes(1));
            assertEquals(Optional.of(Power.RUNNING), rig.account.instances().power("i-1"));
        }
    }

    @Test
    void aRestartInTheSameFolderFencesNothing() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            rig.images().fail(true);
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.BUILDING);
            rig.die();
            rig.time.pass(Duration.ofHours(23));
            rig.restart(folder);
            rig.engine.cleanUp(creation.key(), news -> {});
            rig.finish(creation);

            assertEquals(List.of(), rig.imageIds());
        }
    }

    @Test
    void aFencedRecordReservesNothing() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            Creation creation = start(rig);
            rig.untilSaved(creation, Phase.SUBMITTING);
            rig.contradicted = each -> true;
            rig.restart(folder);

            Creation other = start(rig);

            assertEquals(Outcome.READY, rig.finish(other).outcome());
        }
    }

    /** An unreadable record must not keep the others from being cleaned up. */
    @Test
    void aRecordThatCannotBeUnderstoodStopsNoOther() throws IOException {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            rig.images().fail(true);
            Creation creation = start(rig);
            rig.until(creation, Phase.BUILDING);
            rig.die();
            Files.writeString(folder.resolve(UUID.randomUUID() + ".json"), "{\"schema\":3}");
            Files.writeString(folder.resolve(UUID.randomUUID() + ".json"), "{");
            rig.restart(folder);
            rig.engine.cleanUp(creation.key(), news -> {});
            rig.finish(creation);

            assertEquals(List.of(), rig.imageIds());
            assertEquals(2, rig.ledger.all().unreadable().size());
        }
    }
}

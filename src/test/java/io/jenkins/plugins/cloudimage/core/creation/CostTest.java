package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.creation.Options.IfNameExists;
import io.jenkins.plugins.cloudimage.core.creation.Options.OnIncomplete;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cost of a creation: synced saves, other saves, and calls to the cloud. */
class CostTest {
    /** An image takes ten minutes. After its first minute it is polled every 12 seconds, with an interval of 30. */
    private static final int POLLS = 48;

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    /** How the record changed on disk. */
    private static List<StoredCreation> saves(EngineRig rig, Creation creation) {
        List<StoredCreation> saves = new ArrayList<>();
        Object[] file = new Object[1];
        rig.time.runUntil(() -> {
            Object now = rig.file(creation);
            if (!now.equals(file[0])) {
                file[0] = now;
                saves.add(rig.ledger.load(creation.key()).orElseThrow());
            }
            return rig.isDone(creation);
        });
        return saves;
    }

    /**
     * Whether the save is synced, as {@link Entry#mustBeSaved} requires for calls and ends; the rest is saved at a
     * resync.
     */
    private static boolean isSynced(Creation before, Creation now) {
        boolean counts = now.ended() || now.submission().left() || !Objects.equals(before.instance(), now.instance());
        return counts && !now.essence().equals(before.essence());
    }

    /** The first one is the plan. */
    private static long synced(List<StoredCreation> saves) {
        return 1
                + IntStream.range(1, saves.size())
                        .filter(i -> isSynced(
                                saves.get(i - 1).creation(), saves.get(i).creation()))
                        .count();
    }

    private static String cost(EngineRig rig, List<StoredCreation> saves) {
        return rig.cloud + ": " + synced(saves) + " saves with sync, " + (saves.size() - synced(saves))
                + " without, calls " + rig.server.calls();
    }

    private static long reads(EngineRig rig) {
        return rig.server.calls().stream()
                .filter(action -> EngineRig.is(action, "Describe"))
                .count();
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void anImageTakesAtMostFiveSyncedSavesAndAFewCallsBesidesThePolls(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            rig.account.instances().addStopped("i-1");
            Creation creation = rig.plan(rig.cloud.request("web-1", "i-1"), Options.DEFAULTS, EngineRig.TIMEOUT);
            rig.run(creation);

            List<StoredCreation> saves = saves(rig, creation);

            String cost = cost(rig, saves);
            assertTrue(synced(saves) <= 5, cost);
            assertTrue(saves.size() - synced(saves) <= 3, cost);
            assertEquals(1, rig.count("CreateImage"), cost);
            // One call looks for the name, one reads the power state where a stopped source is required, and one finds
            // the id where the response has none.
            assertTrue(reads(rig) <= POLLS + 4, reads(rig) + " reads, " + cost);
        }
    }

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void stoppingAndStartingTheInstanceTakesTwoSavesMore(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            rig.account.instances().add("i-1");
            Creation creation = rig.plan(
                    rig.cloud.request("web-1", "i-1"),
                    new Options(true, true, OnIncomplete.DELETE, IfNameExists.FAIL),
                    EngineRig.TIMEOUT);
            rig.run(creation);

            List<StoredCreation> saves = saves(rig, creation);

            // A response without an id takes one more save, when the image is found.
            boolean locates = saves.stream().anyMatch(save -> save.creation().phase() == Phase.LOCATING);
            String cost = cost(rig, saves);
            assertTrue(synced(saves) <= (locates ? 7 : 6), cost);
            assertTrue(saves.size() - synced(saves) <= 4, cost);
            assertEquals(1, rig.count("StopInstance"), cost);
            assertEquals(1, rig.count("StartInstance"), cost);
            assertTrue(reads(rig) <= POLLS + 12, reads(rig) + " reads, " + cost);
        }
    }

    /** A long wait is saved when the cloud reports a change, and every six hours. */
    @Test
    void aLongWaitIsSeldomSaved() {
        try (EngineRig rig = new EngineRig(folder, 1)) {
            rig.images().take(Duration.ofHours(20));
            Creation creation = rig.plan(EngineRig.request("web-1", false), Duration.ofHours(24));
            rig.run(creation);

            List<StoredCreation> saves = saves(rig, creation);

            assertTrue(saves.size() <= 9, cost(rig, saves));
        }
    }
}

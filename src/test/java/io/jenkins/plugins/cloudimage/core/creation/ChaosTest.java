package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two hundred creations while a third of all calls goes wrong, some images fail, new ones are listed late, and the whole
 * process dies now and then. All is decided by the seed; {@code -Dchaos.seed=N} runs another one.
 */
class ChaosTest {
    private static final int CREATIONS = 200;
    private static final double FAULTY = 0.3;
    private static final double DEADLY = 0.01;
    private static final Duration TIMEOUT = Duration.ofHours(6);

    /** All but the endless answer, whose megabytes take time for little. */
    private static final List<Fault> FAULTS =
            Stream.of(Fault.values()).filter(fault -> fault != Fault.ENDLESS).toList();

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private int deaths;
    private Path disk;

    static LongStream seeds() {
        Long seed = Long.getLong("chaos.seed");
        return seed == null ? LongStream.of(1, 2, 3) : LongStream.of(seed);
    }

    private List<Creation> run(EngineRig rig, Random random, boolean aborts) {
        disk = folder.resolve("0");
        rig.restart(disk);
        rig.images().listAfter(Duration.ofSeconds(random.nextInt(60)));
        if (random.nextBoolean()) {
            rig.tencent().nameNoId();
        }
        rig.onRequest = action -> misbehave(rig, random, action);
        List<Creation> creations = new ArrayList<>();
        for (int i = 0; i < CREATIONS; i++) {
            Creation creation = rig.plan(EngineRig.request("web-" + i, false), TIMEOUT);
            creations.add(creation);
            rig.run(creation);
            rig.images().fail(random.nextInt(10) == 0);
            if (aborts && random.nextBoolean()) {
                rig.time.schedule(() -> rig.engine.abort(creation.key()), Duration.ofSeconds(random.nextInt(900)));
            }
            rig.time.pass(Duration.ofMillis(random.nextInt(2000)));
            resumeIfDead(rig);
        }
        rig.time.runUntil(() -> {
            resumeIfDead(rig);
            return creations.stream().allMatch(creation -> rig.saved(creation).done());
        });
        return creations.stream().map(rig::saved).toList();
    }

    private void misbehave(EngineRig rig, Random random, String action) {
        if (random.nextDouble() < FAULTY) {
            rig.server.faults().next(action, FAULTS.get(random.nextInt(FAULTS.size())));
        }
        if (random.nextDouble() < DEADLY && disk.equals(current())) {
            deaths++;
            DeathTest.copy(disk, current());
            rig.die();
        }
    }

    private Path current() {
        return folder.resolve(Integer.toString(deaths));
    }

    private void resumeIfDead(EngineRig rig) {
        if (!disk.equals(current())) {
            disk = current();
            rig.resumeAll(disk);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyCreationMakesExactlyOneImage(long seed) {
        try (EngineRig rig = new EngineRig(folder, seed)) {
            List<Creation> ends = run(rig, new Random(seed), false);

            String run = "seed " + seed + ", deaths " + deaths;
            Map<String, FakeImage> images =
                    rig.images().all().stream().collect(Collectors.toMap(FakeImage::id, Function.identity()));
            Set<String> ids = new HashSet<>();
            for (Creation end : ends) {
                FakeImage image = images.get(end.progress().imageId());
                assertNotNull(image, run + ": " + end);
                assertEquals(end.request().imageName(), image.name(), run);
                assertEquals(
                        image.fails() ? Outcome.FAILED : Outcome.READY,
                        end.progress().outcome(),
                        run + ": " + end);
                assertTrue(ids.add(image.id()), run + ": " + end);
            }
            assertEquals(images.keySet(), ids, run);
            assertTrue(deaths > 0, run);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void afterAbortsEveryImageIsKnownOrInDoubt(long seed) {
        try (EngineRig rig = new EngineRig(folder, seed)) {
            List<Creation> ends = run(rig, new Random(seed), true);

            String run = "seed " + seed + ", deaths " + deaths;
            Map<String, Creation> byName =
                    ends.stream().collect(Collectors.toMap(end -> end.request().imageName(), Function.identity()));
            Set<String> names = new HashSet<>();
            for (FakeImage image : rig.images().all()) {
                assertTrue(names.add(image.name()), run + ": two of " + image);
                Progress end = byName.get(image.name()).progress();
                boolean known = image.id().equals(end.imageId());
                boolean mayExist = end.imageId() == null
                        && end.outcome() == Outcome.ABORTED
                        && (end.doubtSince() != null || end.requestId() != null);
                assertTrue(known || mayExist, run + ": " + image + " " + end);
            }
            for (Creation end : ends) {
                if (end.progress().outcome() == Outcome.READY) {
                    assertTrue(names.contains(end.request().imageName()), run + ": " + end);
                } else if (end.progress().outcome() == Outcome.FAILED) {
                    assertEquals(ErrorKind.FAILED_IMAGE, end.progress().error().kind(), run + ": " + end);
                }
            }
            assertTrue(ends.stream().anyMatch(end -> end.progress().outcome() == Outcome.ABORTED), run);
        }
    }
}

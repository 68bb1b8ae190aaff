package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.simulator.FakeImage;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thousand creations in each cloud while a third of all calls goes wrong, some images fail, new ones are listed late,
 * and the whole process dies now and then; and five hundred that are aborted. All is decided by the seed, which is
 * printed; {@code -Dchaos.seed=N} runs another one.
 */
class ChaosTest {
    private static final int CREATIONS = 1000;
    private static final int ABORTED = 500;
    private static final double FAULTY = 0.3;
    private static final int DEATHS = 5;
    private static final long SEED = Long.getLong("chaos.seed", 1);
    private static final Duration TIMEOUT = Duration.ofHours(12);

    private static final List<Fault> FAULTS =
            Stream.of(Fault.values()).filter(Fault::cheap).toList();

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Creation> ends = new HashMap<>();
    private final Map<String, FakeImage> taken = new HashMap<>();
    private final Set<String> stopped = new HashSet<>();
    private int calls;
    private int deaths;
    private Path disk;

    /** Runs creations to their very end, clean-up and all. */
    private List<Creation> run(EngineRig rig, int number, boolean abort) {
        disk = folder.resolve("0");
        rig.restart(disk);
        rig.listener = news -> heard(rig, news);
        rig.images().listAfter(Duration.ofSeconds(random.nextInt(60)));
        rig.onRequest = action -> misbehave(rig, action, number);
        List<Creation> creations = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Creation creation = plan(rig, i, abort);
            creations.add(creation);
            rig.run(creation);
            if (abort) {
                rig.time.schedule(() -> abort(rig, creation), Duration.ofSeconds(random.nextInt(900)));
            }
            rig.time.pass(
                    Duration.ofMillis(random.nextInt((int) rig.cloud.pace().toMillis())));
            resumeIfDead(rig);
        }
        rig.time.runUntil(() -> {
            resumeIfDead(rig);
            return ends.size() == number && ends.values().stream().allMatch(Creation::done);
        });
        System.out.printf(
                "%s in %s: seed %d, %d calls, %d deaths%n", abort ? "Aborts" : "Chaos", rig.cloud, SEED, calls, deaths);
        return creations.stream().map(rig::saved).toList();
    }

    /** Half of them shut their machine down, and some of those machines are shut down already. */
    private Creation plan(EngineRig rig, int number, boolean delete) {
        String machine = "i-" + number;
        boolean stop = rig.stoppedSource() || random.nextBoolean();
        if (random.nextInt(10) == 0) {
            rig.account.machines().addStopped(machine);
            stopped.add(machine);
        } else {
            rig.account.machines().add(machine);
        }
        rig.images().fail(random.nextInt(10) == 0);
        Options options = new Options(
                stop,
                true,
                delete ? Options.OnIncomplete.DELETE : Options.OnIncomplete.KEEP,
                Options.IfNameExists.FAIL);
        return rig.plan(rig.cloud.request("web-" + number, machine), options, TIMEOUT);
    }

    /** Ready images are taken away, as users with a small quota do. */
    private void heard(EngineRig rig, Creation news) {
        Creation before = ends.get(news.key());
        if (before != null && before.ended()) {
            assertEquals(before.progress().outcome(), news.progress().outcome(), "The outcome changed: " + news);
            assertEquals(before.progress().ended(), news.progress().ended(), "The end changed: " + news);
        }
        if (news.ended()) {
            ends.put(news.key(), news);
            if (news.progress().outcome() == Outcome.READY) {
                rig.images().all().stream()
                        .filter(image -> image.id().equals(news.progress().imageId()))
                        .forEach(image -> taken.put(image.id(), image));
                rig.images().remove(news.progress().imageId());
            }
        }
    }

    /** Tells whether the abort ends a creation within seconds, unless it has ended before or the process is dead. */
    private void abort(EngineRig rig, Creation creation) {
        if (!disk.equals(current())) {
            rig.time.schedule(() -> abort(rig, creation), Duration.ofMinutes(1));
            return;
        }
        Instant aborted = rig.time.instant();
        rig.engine.abort(creation.key());
        int life = deaths;
        rig.time.schedule(
                () -> assertTrue(
                        life != deaths || rig.saved(creation).ended(),
                        "Not ended 5 s after " + aborted + ": " + creation),
                Duration.ofSeconds(5));
    }

    private void misbehave(EngineRig rig, String action, int number) {
        calls++;
        if (random.nextDouble() < FAULTY) {
            rig.server.faults().next(action, FAULTS.get(random.nextInt(FAULTS.size())));
        }
        if (deaths < DEATHS && calls > (deaths + 1) * number && disk.equals(current())) {
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

    /** Machines run as before; a shutdown is over by then. */
    private void assertPower(EngineRig rig, List<Creation> creations) {
        rig.time.pass(CleanUp.SETTLING);
        for (Creation end : creations) {
            String machine = end.request().instanceId();
            assertEquals(
                    Optional.of(stopped.contains(machine) ? Power.STOPPED : Power.RUNNING),
                    rig.account.machines().power(machine),
                    "seed " + SEED + ": " + end);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TestCloud.class, names = "TENCENT_WITHOUT_ID", mode = EnumSource.Mode.EXCLUDE)
    void everyCreationMakesExactlyOneImageOrTellsTheTruth(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, SEED, cloud)) {
            List<Creation> all = run(rig, CREATIONS, false);

            Map<String, FakeImage> images =
                    rig.images().all().stream().collect(Collectors.toMap(FakeImage::id, Function.identity()));
            images.putAll(taken);
            Set<String> ids = new HashSet<>();
            for (Creation end : all) {
                String what = "seed " + SEED + ": " + end;
                Progress progress = end.progress();
                if (progress.imageId() == null) {
                    assertEquals(Outcome.FAILED, progress.outcome(), what);
                    assertEquals(ErrorKind.UNKNOWN_ANSWER, progress.error().kind(), what);
                    continue;
                }
                FakeImage image = images.get(progress.imageId());
                assertNotNull(image, what);
                assertEquals(end.request().imageName(), image.name(), what);
                if (progress.outcome() == Outcome.READY) {
                    assertTrue(!image.fails(), what);
                } else {
                    assertEquals(Outcome.FAILED, progress.outcome(), what);
                    assertTrue(image.fails() || progress.error().kind() == ErrorKind.UNKNOWN_ANSWER, what);
                }
                assertTrue(ids.add(image.id()), what);
            }
            assertEquals(images.keySet(), ids, "seed " + SEED);
            assertPower(rig, all);
            assertTrue(deaths > 0);
        }
    }

    @ParameterizedTest
    @EnumSource(value = TestCloud.class, names = "TENCENT_WITHOUT_ID", mode = EnumSource.Mode.EXCLUDE)
    void abortsLeaveNoImageNoSnapshotAndNoMachineThatIsShutDown(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, SEED, cloud)) {
            List<Creation> all = run(rig, ABORTED, true);

            for (FakeImage image : rig.images().all()) {
                all.stream()
                        .filter(end -> end.request().imageName().equals(image.name()))
                        .forEach(end -> fail("seed " + SEED + ": " + image + " is left over by " + end));
            }
            assertEquals(List.of(), rig.imageIds(), "seed " + SEED);
            Set<String> snapshots = new HashSet<>(rig.account.snapshots().get());
            snapshots.removeAll(taken.keySet());
            assertEquals(Set.of(), snapshots, "seed " + SEED);
            assertEquals(
                    taken.size(),
                    all.stream()
                            .filter(end -> end.progress().outcome() == Outcome.READY)
                            .count());
            assertPower(rig, all);
            assertTrue(all.stream()
                            .filter(end -> end.progress().outcome() == Outcome.ABORTED)
                            .count()
                    > ABORTED / 2);
        }
    }
}

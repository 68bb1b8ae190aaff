package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.ImpatientTransport;
import io.jenkins.plugins.cloudimage.simulator.FakeInstances.Power;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every cloud × the first call of every kind in every phase × every failure of a call. The instance is stopped before
 * and started afterwards; the image becomes usable, or it fails and is deleted.
 */
class FaultMatrixTest {
    private static final Options OPTIONS =
            new Options(true, true, Options.OnIncomplete.DELETE, Options.IfNameExists.FAIL);

    private static final HttpTransport PATIENT = TestTransport.direct();
    /** A stall takes as long as the transport's time-out. */
    private static final HttpTransport IMPATIENT = ImpatientTransport.idle(Duration.ofMillis(60));

    @TempDir(factory = MemoryDisk.class)
    private Path folder;

    /** Images that were made outside of the creation, whose snapshots remain. */
    private final Set<String> made = new HashSet<>();

    private int creations;
    private int cells;

    /** How a call fails, seen from the engine. */
    private enum Mishap {
        ANSWER_LOST(Fault.LOSE_ANSWER, false),
        RESET_BEFORE_SENDING(Fault.RESET_BEFORE, false),
        GATEWAY_AFTER_SENDING(Fault.GATEWAY_AFTER, false),
        UNAVAILABLE(Fault.UNAVAILABLE_BEFORE, false),
        THROTTLED(Fault.THROTTLED, false),
        BODY_CUT(Fault.BODY_CUT, false),
        STALLED_BODY(Fault.STALLED, false),
        BROKEN_JSON(Fault.BROKEN_JSON, false),
        DEATH_BEFORE_SENDING(Fault.RESET_BEFORE, true),
        DEATH_AFTER_SENDING(Fault.LOSE_ANSWER, true);

        private final Fault fault;
        private final boolean deadly;

        Mishap(Fault fault, boolean deadly) {
            this.fault = fault;
            this.deadly = deadly;
        }
    }

    /** A kind of call in a phase. */
    private record Boundary(Phase phase, String action) {}

    @ParameterizedTest
    @EnumSource(TestCloud.class)
    void inEveryCellThereIsOneImageOrTheTruth(TestCloud cloud) {
        try (EngineRig rig = new EngineRig(folder, 1, cloud)) {
            for (boolean fails : List.of(false, true)) {
                for (Boundary boundary : boundaries(rig, fails)) {
                    for (Mishap mishap : Mishap.values()) {
                        cell(rig, fails, boundary, mishap);
                    }
                }
            }
        }
        System.out.println("Fault matrix: " + cells + " cells of " + cloud);
    }

    /** The calls of a creation with which nothing goes wrong. */
    private Set<Boundary> boundaries(EngineRig rig, boolean fails) {
        Set<Boundary> boundaries = new LinkedHashSet<>();
        rig.restart(folder.resolve("calm" + fails));
        Creation creation = plan(rig, fails);
        rig.onRequest = action -> boundaries.add(new Boundary(rig.live(creation).phase(), action));
        rig.run(creation);
        Creation end = rig.finish(creation);
        assertEquals(fails ? Outcome.FAILED : Outcome.READY, end.outcome(), end.toString());
        assertEnd(rig, end, fails, "calm");
        assertTrue(boundaries.size() >= 7, boundaries.toString());
        return boundaries;
    }

    private Creation plan(EngineRig rig, boolean fails) {
        creations++;
        String instance = "i-" + creations;
        rig.account.instances().add(instance);
        rig.images().fail(fails);
        rig.images().take(Duration.ofMinutes(2));
        return rig.plan(rig.cloud.request("web-" + creations, instance), OPTIONS, EngineRig.TIMEOUT);
    }

    private void cell(EngineRig rig, boolean fails, Boundary boundary, Mishap mishap) {
        cells++;
        Path before = folder.resolve(cells + "-before");
        Path after = folder.resolve(cells + "-after");
        String cell = rig.cloud + " " + (fails ? "failing " : "") + boundary + " " + mishap;
        rig.transport(mishap.fault == Fault.STALLED ? IMPATIENT : PATIENT);
        rig.restart(before);
        Creation creation = plan(rig, fails);
        boolean[] happened = new boolean[1];
        rig.onRequest = action -> {
            Boundary here = new Boundary(rig.live(creation).phase(), action);
            if (!happened[0] && here.equals(boundary)) {
                happened[0] = true;
                rig.server.faults().next(action, mishap.fault);
                if (mishap.deadly) {
                    DeathTest.copy(before, after);
                    rig.die();
                }
            }
        };
        rig.run(creation);
        rig.time.runUntil(() -> happened[0]);
        rig.onRequest = action -> {};
        if (mishap.deadly) {
            rig.resumeAll(after);
        }
        assertEnd(rig, rig.finish(creation), fails, cell);
    }

    private void assertEnd(EngineRig rig, Creation end, boolean fails, String cell) {
        String what = cell + ": " + end;
        if (end.outcome() == Outcome.READY) {
            assertEquals(rig.imageIds(), List.of(String.valueOf(end.imageId())), what);
            made.add(end.imageId());
        } else {
            assertEquals(Outcome.FAILED, end.outcome(), what);
            // An image of likely ownership is reported and never deleted.
            boolean likely = end.image() != null && end.image().ownership() == ImageStatus.Ownership.LIKELY;
            assertEquals(likely ? List.of(String.valueOf(end.imageId())) : List.of(), rig.imageIds(), what);
            CloudError error = end.problem();
            assertNotNull(error, what);
            // The outcome is unknown where names are not unique and there is no token.
            boolean unknown = error.kind() == ErrorKind.UNKNOWN_ANSWER && error.sideEffect() == SideEffect.POSSIBLE;
            assertTrue(fails && error.kind() == ErrorKind.FAILED_IMAGE || unknown, what);
        }
        assertTrue(made.containsAll(rig.account.snapshots().get()), what);
        rig.time.pass(Duration.ofMinutes(10));
        assertEquals(
                Optional.of(Power.RUNNING),
                rig.account.instances().power(end.request().instanceId()),
                what);
        rig.imageIds().forEach(rig.images()::remove);
    }
}

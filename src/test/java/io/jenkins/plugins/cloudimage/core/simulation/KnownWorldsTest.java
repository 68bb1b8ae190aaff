package io.jenkins.plugins.cloudimage.core.simulation;

import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.ABORT;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.BUILD;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.CALLS;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.FLAP;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.HUMAN_CREATE;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.HUMAN_RENAME;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.KILL;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.LATE;
import static io.jenkins.plugins.cloudimage.core.simulation.Event.Kind.TASKS;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The smallest worlds in which the engine broke a promise once. */
class KnownWorldsTest {
    static List<Arguments> worlds() {
        return List.of(
                world(
                        "a person's image comes before the step's own",
                        4294969343L,
                        new Event(272, CALLS, 9, 2244, 1800),
                        new Event(273, BUILD, 0, 0, 9),
                        new Event(316, HUMAN_CREATE, 9, 34018, 0)),
                world(
                        "the cloud's last response is old when the create call leaves",
                        8107,
                        new Event(1125, BUILD, 1, 4, 1),
                        new Event(1130, CALLS, 1, 62791, 185),
                        new Event(1496, KILL, 1, 1322, 31)),
                world(
                        "an image that is not listed yet is deleted, and the deletion is lost",
                        4294979780L,
                        new Event(233, LATE, 1, 216, 600),
                        new Event(234, BUILD, 0, 0, 1),
                        new Event(257, ABORT, 0, 0, 0)),
                world(
                        "an image is renamed to a name that another step reuses, and is to be deleted",
                        22943,
                        new Event(2158, BUILD, 0, 0, 7),
                        new Event(2187, FLAP, 7, 53613, 277),
                        new Event(2241, BUILD, 0, 2, 7),
                        new Event(2254, HUMAN_RENAME, 7, 40470, 0)),
                world(
                        "a step reuses an image that another one has lost and is to delete",
                        4294970340L,
                        new Event(254, CALLS, 4, 4355, 1800),
                        new Event(254, LATE, 4, 112, 600),
                        new Event(255, BUILD, 0, 0, 4),
                        new Event(256, BUILD, 0, 1, 4),
                        new Event(540, ABORT, 0, 0, 0)),
                world(
                        "the step's own image is listed after a person's was taken for it",
                        4295002806L,
                        new Event(254, CALLS, 9, 3063, 1800),
                        new Event(254, LATE, 9, 102, 600),
                        new Event(255, BUILD, 0, 0, 9),
                        new Event(295, HUMAN_CREATE, 9, 5965, 0)),
                world(
                        "a step reuses an image whose create call hangs when its own step is aborted",
                        68719477135L,
                        new Event(200, CALLS, 9, 7279, 1800),
                        new Event(201, BUILD, 0, 0, 9),
                        new Event(202, BUILD, 0, 1, 9),
                        new Event(203, BUILD, 0, 2, 9),
                        new Event(254, ABORT, 0, 0, 0)),
                world(
                        "a second create call is on its way when the image of the first one is deleted",
                        4294991266L,
                        new Event(227, CALLS, 4, 4701, 1800),
                        new Event(227, LATE, 4, 115, 600),
                        new Event(228, BUILD, 0, 0, 4),
                        new Event(282, TASKS, 0, 31208, 3600),
                        new Event(390, ABORT, 0, 0, 0)));
    }

    private static Arguments world(String name, long seed, Event... events) {
        return Arguments.of(name, new Scenario(seed, List.of(events)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void thePromisesAreKept(String name, Scenario world) {
        assertNull(World.run(world), name);
    }
}

package io.jenkins.plugins.cloudimage.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Worlds in which everything goes wrong: whatever happens, no promise is broken. It goes on for 45 seconds. {@code -Dsoak=true}
 * takes 100,000 worlds, {@code -Dsimulation.worlds=7} that many, and {@code -Dsimulation.first=3} begins with the fourth.
 */
class SimulationTest {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.cloudimage");
    private static final Duration TIME = Duration.ofSeconds(45);
    private static Level before;

    @BeforeAll
    static void beQuiet() {
        before = LOGGER.getLevel();
        LOGGER.setLevel(Level.OFF);
    }

    @AfterAll
    static void beAsBefore() {
        LOGGER.setLevel(before);
    }

    @Test
    void noWorldBreaksAPromise() {
        long first = Long.getLong("simulation.first", 0);
        long worlds = Long.getLong("simulation.worlds", Boolean.getBoolean("soak") ? 100_000 : 0);
        long end = System.nanoTime() + TIME.toNanos();
        long number = first;
        for (; worlds == 0 ? System.nanoTime() < end : number < first + worlds; number++) {
            Scenario scenario = Scenario.of(Scenario.seed(number));
            String violation = World.run(scenario);
            if (violation != null) {
                fail(Shrinker.explain(scenario, violation));
            }
        }
        System.out.println((number - first) + " worlds kept all promises");
    }

    @Test
    void aWorldTakesTheSameCourseEachTime() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(World.tell(Scenario.of(seed)), World.tell(Scenario.of(seed)), "seed " + seed);
        }
    }
}

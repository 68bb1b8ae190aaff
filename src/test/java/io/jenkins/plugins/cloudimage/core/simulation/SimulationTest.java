package io.jenkins.plugins.cloudimage.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.cloudimage.core.Runs;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Worlds in which everything goes wrong: whatever happens, no promise is broken. {@code -Dsoak=true} takes ten times as many,
 * {@code -Dsimulation.worlds=7} that many, and {@code -Dsimulation.first=3} begins with the fourth.
 */
class SimulationTest {
    private static final Logger LOGGER = Logger.getLogger("io.jenkins.plugins.cloudimage");
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
        long worlds = Long.getLong("simulation.worlds", Runs.scaled(10_000, 100_000));
        for (long number = first; number < first + worlds; number++) {
            Scenario scenario = Scenario.of(Scenario.seed(number));
            String violation = World.run(scenario);
            if (violation != null) {
                fail(Shrinker.explain(scenario, violation));
            }
        }
        System.out.println(worlds + " worlds kept all promises");
    }

    @Test
    void aWorldTakesTheSameCourseEachTime() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(World.tell(Scenario.of(seed)), World.tell(Scenario.of(seed)), "seed " + seed);
        }
    }
}

package io.jenkins.plugins.cloudimage.core.simulation;

import java.util.List;

/** Is loaded once with each engine that has a mistake. */
public final class Mutants {
    private Mutants() {}

    /**
     * Lets worlds run until one of them notices a mistake.
     *
     * @param likely the world that is tried first
     * @return the world's seed, or -1
     */
    public static long firstViolation(long likely, long worlds) {
        if (World.run(Scenario.of(likely)) != null) {
            return likely;
        }
        for (long number = 0; number < worlds; number++) {
            long seed = Scenario.seed(number);
            if (World.run(Scenario.of(seed)) != null) {
                return seed;
            }
        }
        return -1;
    }

    /**
     * Lets worlds run in which work may be left undone, until a promise is broken all the same.
     *
     * @param left what may be left undone
     * @return what happened in which world, or null
     */
    public static String brokenPromise(long worlds, List<String> left) {
        for (long number = 0; number < worlds; number++) {
            Scenario scenario = Scenario.of(Scenario.seed(number));
            String violation = World.run(scenario, what -> left.stream().anyMatch(what::contains));
            if (violation != null) {
                return violation + " in the world " + scenario.seed();
            }
        }
        return null;
    }
}

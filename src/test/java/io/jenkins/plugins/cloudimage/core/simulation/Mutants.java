package io.jenkins.plugins.cloudimage.core.simulation;

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
}

package io.jenkins.plugins.cloudimage.peers.bench;

import java.util.stream.Stream;

/**
 * How much to measure.
 *
 * @param forks JVMs for each benchmark of JMH
 * @param warmups seconds of warm-up in each
 * @param iterations seconds of measurement in each
 * @param firstCalls fresh JVMs for each first call
 * @param waits the numbers of waits on the virtual clock
 * @param repeats runs of one wait alone, fewer of more
 * @param held the numbers of waits that are held in memory
 * @param aborts how many waits are aborted
 */
record Effort(
        String name,
        int forks,
        int warmups,
        int iterations,
        int firstCalls,
        int[] waits,
        int repeats,
        int[] held,
        int aborts) {

    /** What goes into the documentation; sixteen threads on few processors take long to be compiled. */
    static final Effort FULL =
            new Effort("full", 2, 10, 5, 11, new int[] {1, 10, 100, 1000}, 20, new int[] {1000, 10_000}, 50);
    /** All rows within a few minutes, less exact. */
    static final Effort QUICK =
            new Effort("quick", 1, 1, 1, 3, new int[] {1, 10, 100, 1000}, 10, new int[] {1000, 10_000}, 10);
    /** Whether the harness works, and nothing about its numbers. */
    static final Effort SMOKE = new Effort("smoke", 0, 0, 0, 1, new int[] {2}, 1, new int[] {10}, 1);

    static Effort of(String name) {
        return Stream.of(FULL, QUICK, SMOKE)
                .filter(effort -> effort.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("full, quick or smoke, and not " + name));
    }

    @Override
    public String toString() {
        return name;
    }
}

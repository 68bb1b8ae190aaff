package io.jenkins.plugins.cloudimage.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;

import io.jenkins.plugins.cloudimage.core.Runs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.quicktheories.core.Gen;

/**
 * Tries a property on thousands of cases. Every run uses the same cases unless {@code -DQT_SEED} sets another seed.
 * {@code -DQT_EXAMPLES} sets the number of cases, and {@code -Dsoak=true} multiplies it by six. A failing case is
 * shrunk and reported together with the seed.
 */
public final class Fuzzing {
    private static final long SEED = Long.getLong("QT_SEED", 20_260_102);
    /** The number of cases for each property. */
    static final int CASES = Integer.getInteger("QT_EXAMPLES", Runs.scaled(2_000, 12_000));

    private static final int SHRINKS = 3_000;
    /** The share of cases that may be repetitions, which are not tried again. */
    private static final double REPEATED = 0.15;

    private Fuzzing() {}

    /** Tries a property. */
    public static <T> void check(String what, Function<RandomSource, T> cases, Consumer<T> property) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        AtomicInteger tried = new AtomicInteger();
        Gen<T> generator = source -> cases.apply(new RandomSource(source));
        qt().withFixedSeed(SEED)
                .withExamples(CASES)
                .withShrinkCycles(SHRINKS)
                .forAll(generator)
                .checkAssert(one -> {
                    tried.incrementAndGet();
                    property.accept(one);
                });
        System.out.printf(
                "Fuzzed %s: %,d cases from seed %d in %.1f s of processor time%n",
                what, tried.get(), SEED, (threads.getCurrentThreadCpuTime() - start) / 1e9);
        assertTrue(tried.get() >= CASES * (1 - REPEATED), () -> "Only " + tried + " cases of " + what);
    }
}

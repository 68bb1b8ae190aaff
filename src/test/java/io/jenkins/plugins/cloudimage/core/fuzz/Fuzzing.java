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
 * Tries a property on thousands of cases. Runs are alike unless {@code -DQT_SEED} names another seed; {@code
 * -DQT_EXAMPLES} sets how many cases there are, and {@code -Dsoak=true} makes them six times as many. A case that breaks the property is made as small as possible and told
 * together with the seed.
 */
public final class Fuzzing {
    private static final long SEED = Long.getLong("QT_SEED", 20_260_102);
    /** How many cases are drawn for one property. */
    static final int CASES = Integer.getInteger("QT_EXAMPLES", Runs.scaled(2_000, 12_000));

    private static final int SHRINKS = 3_000;
    /** A case that came before is not tried again. */
    private static final double REPEATED = 0.15;

    private Fuzzing() {}

    /** Tries a property. */
    public static <T> void check(String what, Function<Dice, T> cases, Consumer<T> property) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        AtomicInteger tried = new AtomicInteger();
        Gen<T> generator = source -> cases.apply(new Dice(source));
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

package io.jenkins.plugins.cloudimage.core.fuzz;

import java.util.List;
import org.quicktheories.core.RandomnessSource;
import org.quicktheories.impl.Constraint;

/**
 * Random choices from QuickTheories' source, which can be repeated and shrunk: the smaller a number, the simpler the
 * case.
 */
public record RandomSource(RandomnessSource source) {

    /** A number from 0 to less than a bound. */
    public int below(int bound) {
        return (int) source.next(Constraint.between(0, bound - 1L));
    }

    /** Any number. */
    public long any() {
        return source.next(Constraint.between(Long.MIN_VALUE, Long.MAX_VALUE));
    }

    /** True once in this many times. */
    public boolean oneIn(int times) {
        return below(times) == times - 1;
    }

    /** One of several. */
    public <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}

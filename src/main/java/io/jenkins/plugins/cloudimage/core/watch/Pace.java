package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * How soon an image is asked for again. The administrator's interval is the longest pause, and the one for an image that
 * has just begun. Within a tenth of the time that the last image took, pauses are a fifth of it. Where nobody knows,
 * because no image has finished yet or this one is overdue, few images are asked for at the interval and many, which
 * share the cost of a call, at three fifths of it.
 *
 * @param interval the longest pause
 */
record Pace(Duration interval) {
    /** From here on a sooner answer costs each image less than a call of its own every interval. */
    static final int MANY = 10;

    private static final Duration QUICKEST = Duration.ofSeconds(1);

    /**
     * The pause before the next look at an image.
     *
     * @param age how long it has been waited for
     * @param usual how long the last image took, or null if none has finished yet
     * @param waits how many images the account waits for
     * @return the pause
     */
    Duration pause(Duration age, @CheckForNull Duration usual, int waits) {
        if (usual != null) {
            Duration margin = usual.dividedBy(10);
            Duration untilLikely = usual.minus(margin).minus(age);
            if (untilLikely.compareTo(quick()) > 0) {
                return shorter(interval, untilLikely);
            }
            if (age.compareTo(usual.plus(margin)) < 0) {
                return quick();
            }
        }
        return waits < MANY ? interval : interval.multipliedBy(3).dividedBy(5);
    }

    /** The pause near the likely end. */
    Duration quick() {
        Duration fifth = interval.dividedBy(5);
        return shorter(interval, fifth.compareTo(QUICKEST) > 0 ? fifth : QUICKEST);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

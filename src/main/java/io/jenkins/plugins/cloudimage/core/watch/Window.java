package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;

/**
 * The range of ages at which an image is likely to become ready, taken from earlier images. It is wider if only a few
 * are known.
 *
 * @param from the lowest likely age
 * @param to the highest likely age
 */
record Window(Duration from, Duration to) {
    private static final double MARGIN = 0.03;
    private static final double MARGIN_OF_ONE = 0.10;
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** The window of at least one duration. */
    static Window of(Collection<Duration> durations) {
        double margin = MARGIN + MARGIN_OF_ONE / durations.size();
        Duration from =
                RateLimiter.times(Collections.min(durations), 1 - margin).minus(SLACK);
        return new Window(
                from, RateLimiter.times(Collections.max(durations), 1 + margin).plus(SLACK));
    }

    Duration length() {
        return to.minus(from);
    }
}

package io.jenkins.plugins.cloudimage.core.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;

/**
 * When an image is likely to become ready, by how long earlier ones took. It is the wider the fewer they are.
 *
 * @param from the least age at which it is likely
 * @param to the greatest age
 */
record Window(Duration from, Duration to) {
    private static final double MARGIN = 0.03;
    private static final double MARGIN_OF_ONE = 0.10;
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** The window by at least one duration. */
    static Window of(Collection<Duration> durations) {
        double margin = MARGIN + MARGIN_OF_ONE / durations.size();
        Duration from = Rate.times(Collections.min(durations), 1 - margin).minus(SLACK);
        return new Window(
                from, Rate.times(Collections.max(durations), 1 + margin).plus(SLACK));
    }

    Duration length() {
        return to.minus(from);
    }
}

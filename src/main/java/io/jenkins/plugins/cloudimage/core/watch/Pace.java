package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * How soon an image is asked for again. The administrator's interval is the longest pause. As long as an image is younger
 * than earlier ones were, that is the pause; then, until it is older than they were, a sixtieth of the time in between. If
 * nothing is known, or the image is overdue, the pause grows with the age of the image: news of an old image may take a
 * little longer.
 *
 * @param interval the longest pause
 */
record Pace(Duration interval) {
    private static final int LOOKS = 60;
    private static final Duration BEGINNING = Duration.ofMinutes(1);
    private static final int SHARE_OF_AGE = 300;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * The pause before the next look at an image.
     *
     * @param window when it is likely to become ready, or null if nothing is known
     */
    Duration pause(Duration age, @CheckForNull Window window) {
        if (window != null && age.compareTo(window.from()) < 0) {
            return within(quickest(), window.from().minus(age), interval);
        }
        if (window != null && age.compareTo(window.to()) <= 0) {
            return within(quickest(), window.length().dividedBy(LOOKS), usual());
        }
        return age.compareTo(BEGINNING) < 0 ? interval : within(usual(), age.dividedBy(SHARE_OF_AGE), interval);
    }

    /** How far rounds of an account are apart at least, because images that are due one by one would take a call each. */
    Duration spacing() {
        return shorter(SECOND, interval.dividedBy(5));
    }

    private Duration quickest() {
        return interval.dividedBy(10);
    }

    private Duration usual() {
        return interval.multipliedBy(2).dividedBy(5);
    }

    private static Duration within(Duration shortest, Duration pause, Duration longest) {
        return pause.compareTo(shortest) < 0 ? shortest : shorter(pause, longest);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

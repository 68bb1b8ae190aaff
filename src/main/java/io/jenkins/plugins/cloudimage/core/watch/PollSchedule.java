package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * The pause between two polls of an image. The administrator's interval is the longest pause; it applies until the
 * image is as old as the fastest of the earlier ones. From then until the age of the slowest, the pause is a sixtieth
 * of the time between the two. If no earlier image is known, or the image is older than all of them, the pause grows
 * with its age.
 *
 * @param interval the longest pause
 */
record PollSchedule(Duration interval) {
    private static final int LOOKS = 60;
    private static final Duration BEGINNING = Duration.ofMinutes(1);
    private static final int SHARE_OF_AGE = 300;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /**
     * The pause before the next poll of the image.
     *
     * @param window when the image is likely to become ready, or null if that is unknown
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

    /**
     * The least time between two rounds of an account, because images that are due one at a time would take a call
     * each.
     */
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

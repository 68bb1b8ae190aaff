package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * When an account's next describe call may leave. Calls are spaced evenly at half the documented rate: looks by name and
 * other programs of the account draw on the same limit. A throttled answer stops the account for a while, the next one for
 * twice as long, and each good answer halves that again. Not safe for use by several threads.
 */
final class Rate {
    /** Deadlines are judged at polls, so no server may put them off for long. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final double SHARE = 0.5;
    private static final int LONGEST_REST = 8;
    private static final int PARTS = 16;

    private final Duration spacing;
    private Duration free = Duration.ZERO;
    /** How many sixteenths of the interval the next rest takes. */
    private int rest = 1;

    /** Spaces calls by the number that the cloud documents for a second. */
    Rate(double perSecond) {
        this.spacing = Duration.ofNanos((long) (1e9 / (perSecond * SHARE)));
    }

    /** From when on a call may leave. */
    Duration free() {
        return free;
    }

    /** Calls have left, the first of them at this moment. */
    void left(Duration start, int calls) {
        rest(start.plus(spacing.multipliedBy(calls)));
    }

    /** The cloud answered other than that it is too much. */
    void answered() {
        rest = Math.max(1, rest / 2);
    }

    /** The cloud answered that it is too much, and perhaps how long it wants peace. */
    void throttled(Duration now, Duration interval, @CheckForNull Duration retryAfter, double stretch) {
        Duration pause = interval.multipliedBy(rest).dividedBy(PARTS);
        rest = Math.min(LONGEST_REST, rest * 2);
        if (retryAfter != null && retryAfter.compareTo(pause) > 0) {
            pause = retryAfter.compareTo(LONGEST_PAUSE) < 0 ? retryAfter : LONGEST_PAUSE;
        }
        rest(now.plus(times(pause, stretch)));
    }

    /** Nothing leaves before a moment. */
    void rest(Duration until) {
        if (until.compareTo(free) > 0) {
            free = until;
        }
    }

    static Duration times(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}

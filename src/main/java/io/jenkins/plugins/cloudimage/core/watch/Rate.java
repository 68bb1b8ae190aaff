package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * When an account's next describe call may leave. Calls are spaced evenly at half the documented rate: looks by name and
 * other programs of the account draw on the same limit. A throttled answer stops the account for a while and makes all
 * its pauses longer; each interval, as long as it then is, without another one takes back a quarter. Not safe for use by
 * several threads.
 */
final class Rate {
    /** Deadlines are judged at polls, so no server may put them off for long. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final double SHARE = 0.5;
    private static final double SLOWEST = 8;
    private static final double RECOVERY = 0.75;

    private final Duration spacing;
    private Duration free = Duration.ZERO;
    private double slowness = 1;
    private Duration slowedAt = Duration.ZERO;

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
        rest(start.plus(slowed(spacing.multipliedBy(calls))));
    }

    /** The cloud answered other than that it is too much. */
    void answered(Duration now, Duration interval) {
        if (slowness > 1 && now.minus(slowedAt).compareTo(slowed(interval)) >= 0) {
            slowness = Math.max(1, slowness * RECOVERY);
            slowedAt = now;
        }
    }

    /** The cloud answered that it is too much, and perhaps how long it wants peace. */
    void throttled(Duration now, Duration interval, @CheckForNull Duration retryAfter, double stretch) {
        slowness = Math.min(SLOWEST, slowness * 2);
        slowedAt = now;
        Duration pause = slowed(interval);
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

    /** A pause as it is after throttled answers. */
    Duration slowed(Duration pause) {
        Duration limit = pause.compareTo(LONGEST_PAUSE) > 0 ? pause : LONGEST_PAUSE;
        Duration slower = times(pause, slowness);
        return slower.compareTo(limit) < 0 ? slower : limit;
    }

    static Duration times(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}

package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * The rate limiter of an account's describe calls. Calls are spaced evenly at half the documented rate, because
 * searches by name and other programs count towards the same limit. A throttled response pauses the account, the next
 * one for twice as long, and each successful response halves that again. Not safe for use by several threads.
 */
final class RateLimiter {
    /** The longest pause that a server can ask for, because deadlines are judged at polls. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final double SHARE = 0.5;
    private static final int LONGEST_REST = 8;
    private static final int PARTS = 16;

    private final Duration spacing;
    private Duration free = Duration.ZERO;
    /** The next pause after throttling, in sixteenths of the interval. */
    private int rest = 1;

    RateLimiter(double perSecond) {
        this.spacing = Duration.ofNanos((long) (1e9 / (perSecond * SHARE)));
    }

    /** The earliest time of the next call. */
    Duration free() {
        return free;
    }

    /** Records calls, the first of which was sent at {@code start}. */
    void sent(Duration start, int calls) {
        rest(start.plus(spacing.multipliedBy(calls)));
    }

    /** Records a response that is not throttled. */
    void answered() {
        rest = Math.max(1, rest / 2);
    }

    /** Records a throttled response, perhaps with the pause that the cloud asks for. */
    void throttled(Duration now, Duration interval, @CheckForNull Duration retryAfter, double stretch) {
        Duration pause = interval.multipliedBy(rest).dividedBy(PARTS);
        rest = Math.min(LONGEST_REST, rest * 2);
        if (retryAfter != null && retryAfter.compareTo(pause) > 0) {
            pause = retryAfter.compareTo(LONGEST_PAUSE) < 0 ? retryAfter : LONGEST_PAUSE;
        }
        rest(now.plus(times(pause, stretch)));
    }

    /** Allows no call before a time. */
    void rest(Duration until) {
        if (until.compareTo(free) > 0) {
            free = until;
        }
    }

    static Duration times(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}

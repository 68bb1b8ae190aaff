package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before a failed call is repeated: 2 s, doubled with every failure up to a minute, plus or minus a fifth so
 * that many creations do not come back together. It is at least what the cloud asks for, but that counts for 5 minutes
 * at most, because a longer wait would outlast the deadline.
 */
record Backoff(RandomGenerator random) {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(5);
    private static final double JITTER = 0.2;

    Duration after(int failures, CloudError error) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        long millis = Math.min(pause.toMillis(), LONGEST.toMillis());
        Duration spread = Duration.ofMillis((long) (millis * random.nextDouble(1 - JITTER, 1 + JITTER)));
        Duration asked = error.retryAfter();
        if (asked == null || asked.compareTo(spread) < 0) {
            return spread;
        }
        return asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
    }
}

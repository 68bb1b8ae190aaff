package io.jenkins.plugins.cloudimage.core.watch;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Spaces one kind of call evenly, so that an account stays within the rate that its cloud documents. */
public final class Pacer {
    private final Clock clock;
    private final Map<CloudConnection, Instant> free = new HashMap<>();

    /**
     * Measures by a clock.
     *
     * @param clock the clock
     */
    public Pacer(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes the account's next free moment for a call.
     *
     * @param connection the account
     * @param perSecond how many calls it may make in a second
     * @return how long to wait before the call, zero if it may leave now
     */
    public synchronized Duration reserve(CloudConnection connection, double perSecond) {
        Instant now = clock.instant();
        free.values().removeIf(moment -> moment.isBefore(now));
        Instant turn = free.getOrDefault(connection, now);
        free.put(connection, turn.plusNanos((long) (1e9 / perSecond)));
        return Duration.between(now, turn);
    }
}

package io.jenkins.plugins.cloudimage.core.watch;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Spaces one kind of call evenly, so that an account stays within the rate that its cloud documents. */
public final class Pacer {
    private final Scheduler scheduler;
    private final Map<CloudConnection, Duration> free = new HashMap<>();

    /**
     * Measures by the time of what runs the calls, so that a wall clock that is set back holds up nobody.
     *
     * @param scheduler the scheduler
     */
    public Pacer(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Takes the account's next free moment for a call.
     *
     * @param connection the account
     * @param perSecond how many calls it may make in a second
     * @return how long to wait before the call, zero if it may leave now
     */
    public synchronized Duration reserve(CloudConnection connection, double perSecond) {
        Duration now = scheduler.uptime();
        free.values().removeIf(moment -> moment.compareTo(now) < 0);
        Duration turn = free.getOrDefault(connection, now);
        free.put(connection, turn.plusNanos((long) (1e9 / perSecond)));
        return turn.minus(now);
    }
}

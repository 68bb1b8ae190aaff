package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells by monotonic time whether a creation is late; the wall clock only bridges restarts. */
final class Deadlines {
    /** How long no deadline is judged after a restart if the cloud's time is unknown. */
    private static final Duration NO_CLOUD_TIME = Duration.ofMinutes(10);

    private final Scheduler scheduler;
    private final Clock clock;

    Deadlines(Scheduler scheduler, Clock clock) {
        this.scheduler = scheduler;
        this.clock = clock;
    }

    boolean isLate(Entry entry) {
        Duration now = scheduler.uptime();
        if (entry.deadline == null) {
            entry.deadline = judge(entry, now);
        }
        return entry.deadline != null && entry.deadline.compareTo(now) <= 0;
    }

    /**
     * After a restart the controller's clock is trusted only when the cloud's clock confirms it, or when the cloud's
     * time stays unknown for too long.
     */
    private Duration judge(Entry entry, Duration now) {
        Instant end = entry.creation.plan().deadline();
        if (entry.restored == null) {
            return now.plus(Duration.between(clock.instant(), end));
        }
        if (entry.cloudClock != null) {
            Instant atCloud = end.plus(entry.creation.submission().clockAhead());
            return now.plus(Duration.between(entry.cloudClock.at(now), atCloud));
        }
        boolean waited = now.minus(entry.restored).compareTo(NO_CLOUD_TIME) >= 0;
        return waited ? now.plus(Duration.between(clock.instant(), end)) : null;
    }
}

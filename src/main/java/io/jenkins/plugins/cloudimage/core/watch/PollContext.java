package io.jenkins.plugins.cloudimage.core.watch;

import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What all accounts of a poller share. */
record PollContext(
        Clouds clouds, Scheduler scheduler, Supplier<Duration> interval, Durations durations, RandomGenerator random) {
    /** The maximum part by which a pause is shortened at random, so that accounts and controllers do not poll in step. */
    private static final double JITTER = 0.05;

    PollSchedule schedule() {
        return new PollSchedule(interval.get());
    }

    /** The factor by which to shorten a pause. */
    double jitter() {
        return 1 - JITTER * random.nextDouble();
    }
}

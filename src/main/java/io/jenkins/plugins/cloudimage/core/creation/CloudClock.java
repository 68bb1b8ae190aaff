package io.jenkins.plugins.cloudimage.core.creation;

import java.time.Duration;
import java.time.Instant;

/**
 * The cloud's clock, as of its last response. The response took a while to arrive, so this may be behind, but never
 * ahead.
 *
 * @param time the time in the response
 * @param receivedAt when the response arrived, monotonic
 */
record CloudClock(Instant time, Duration receivedAt) {

    /** The time by the cloud's clock. */
    Instant at(Duration uptime) {
        return time.plus(uptime.minus(receivedAt));
    }
}

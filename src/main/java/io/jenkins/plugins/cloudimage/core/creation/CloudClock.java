package io.jenkins.plugins.cloudimage.core.creation;

import java.time.Duration;
import java.time.Instant;

/**
 * The cloud's clock, as its last response told it. Responses take a while, so that it may be behind, never ahead.
 *
 * @param told the time in the response
 * @param heard when the response was there, monotonic
 */
record CloudClock(Instant told, Duration heard) {

    /** The time by the cloud's clock. */
    Instant at(Duration uptime) {
        return told.plus(uptime.minus(heard));
    }
}

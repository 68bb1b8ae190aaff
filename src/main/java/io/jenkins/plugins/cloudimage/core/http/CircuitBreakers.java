package io.jenkins.plugins.cloudimage.core.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One circuit breaker for each server. A call to a server that does not respond holds a thread for up to a minute, and
 * a few such servers would soon hold all threads. A breaker opens when a call runs into a time-out, for three times as
 * long as that call took. After that one call at a time is tried. A response, or a quick failure, closes the breaker.
 */
final class CircuitBreakers {
    private static final int PAUSE = 3;

    private final long patience;
    private final LongSupplier nanos;
    /** The open breakers: server, and when the next call is allowed. */
    private final Map<String, Long> openUntil = new HashMap<>();

    private boolean trying;

    /**
     * @param patience the duration from which a call without a response opens the breaker
     * @param nanos the time, as in {@link System#nanoTime()}
     */
    CircuitBreakers(Duration patience, LongSupplier nanos) {
        this.patience = patience.toNanos();
        this.nanos = nanos;
    }

    /** Permission to make a call. */
    record Permit(String server, long began, boolean trial) {}

    /** Permits a call, which must {@link #end}; or null while the breaker is open. */
    synchronized Permit begin(String server) {
        long now = nanos.getAsLong();
        Long rest = openUntil.get(server);
        if (rest != null && (trying || now - rest < 0)) {
            return null;
        }
        trying = trying || rest != null;
        return new Permit(server, now, rest != null);
    }

    /** The server responded, or the call failed. */
    synchronized void end(Permit permit, boolean answered) {
        long now = nanos.getAsLong();
        long took = now - permit.began();
        if (answered || took < patience) {
            openUntil.remove(permit.server());
        } else {
            openUntil.put(permit.server(), now + PAUSE * took);
        }
        trying = trying && !permit.trial();
    }

    /** The call was cancelled, which says nothing about the server. */
    synchronized void giveUp(Permit permit) {
        trying = trying && !permit.trial();
    }
}

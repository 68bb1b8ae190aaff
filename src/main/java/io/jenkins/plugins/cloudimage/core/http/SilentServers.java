package io.jenkins.plugins.cloudimage.core.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The servers whose last call waited long for nothing. Each such call holds a thread for up to a minute, and a few servers
 * that are down would soon hold them all. So at most one call to any of them is under way, and after one that was in vain
 * the server is left in peace for three times as long as it took. One answer, or a failure that takes no time, makes a
 * server like any other.
 */
final class SilentServers {
    private static final int REST = 3;

    private final long patience;
    private final LongSupplier nanos;
    /** Until when each is left in peace. */
    private final Map<String, Long> rests = new HashMap<>();

    private boolean trying;

    /**
     * Knows of no silent server yet.
     *
     * @param patience from when on a call without an answer has taken long
     * @param nanos the time, as {@link System#nanoTime()} measures it
     */
    SilentServers(Duration patience, LongSupplier nanos) {
        this.patience = patience.toNanos();
        this.nanos = nanos;
    }

    /** A call that was allowed. */
    record Visit(String server, long began, boolean trial) {}

    /** Allows a call, which must {@link #end}; or null if it is not to be made now. */
    synchronized Visit begin(String server) {
        long now = nanos.getAsLong();
        Long rest = rests.get(server);
        if (rest != null && (trying || now - rest < 0)) {
            return null;
        }
        trying = trying || rest != null;
        return new Visit(server, now, rest != null);
    }

    /** The server answered, or the call failed. */
    synchronized void end(Visit visit, boolean answered) {
        long now = nanos.getAsLong();
        long took = now - visit.began();
        if (answered || took < patience) {
            rests.remove(visit.server());
        } else {
            rests.put(visit.server(), now + REST * took);
        }
        trying = trying && !visit.trial();
    }

    /** The call was given up, which tells nothing of the server. */
    synchronized void giveUp(Visit visit) {
        trying = trying && !visit.trial();
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudException;
import okhttp3.Call;

/**
 * The calls that one thread makes for one purpose. Another thread can cancel them, and they are counted. Calls that
 * change something at a cloud are made outside of any scope, so that they are never cancelled.
 */
public final class CallScope {
    private static final ThreadLocal<CallScope> CURRENT = new ThreadLocal<>();

    private Call inFlight;
    private int calls;
    private boolean cancelled;

    @FunctionalInterface
    public interface Work<T> {
        /**
         * @throws CloudException if a call fails or is cancelled
         */
        T run() throws CloudException;
    }

    /**
     * Runs work whose calls belong to this scope.
     *
     * @param work must only read; it runs on the caller's thread
     * @throws CloudException if a call fails or is cancelled
     */
    public <T> T run(Work<T> work) throws CloudException {
        CallScope outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.run();
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    /** Cancels the call in flight, if there is one, and all later ones. Returns at once, on any thread. */
    public void cancel() {
        Call call;
        synchronized (this) {
            cancelled = true;
            call = inFlight;
        }
        if (call != null) {
            call.cancel();
        }
    }

    /**
     * The number of calls so far.
     *
     * @return 0 or more; a paged list takes several
     */
    public synchronized int calls() {
        return calls;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** The scope of the calling thread, or null. */
    @CheckForNull
    static CallScope current() {
        return CURRENT.get();
    }

    synchronized void begin(Call call) {
        inFlight = call;
        calls++;
        if (cancelled) {
            call.cancel();
        }
    }

    synchronized void end() {
        inFlight = null;
    }
}

package io.jenkins.plugins.cloudimage.core.http;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudException;
import okhttp3.Call;

/**
 * The calls that one thread makes for one purpose: another thread can give them up, and they are counted. Calls that
 * change something at a cloud are made outside of any scope, so that nothing can ever cut them off.
 */
public final class CallScope {
    private static final ThreadLocal<CallScope> CURRENT = new ThreadLocal<>();

    private Call inFlight;
    private int calls;
    private boolean cancelled;

    /** What is done in a scope. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @throws CloudException when a call failed or was given up
         */
        T run() throws CloudException;
    }

    /**
     * Does something whose calls belong to this scope.
     *
     * @param work only reads; it runs on the caller's thread
     * @throws CloudException when a call failed or was given up
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

    /** Gives up the call in flight, if there is one, and all that are still to come. Returns at once, on any thread. */
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
     * How many calls were made so far.
     *
     * @return 0 or more; a list that the cloud pages takes several
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

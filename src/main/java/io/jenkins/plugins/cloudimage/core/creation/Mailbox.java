package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs messages one at a time and in order, on any thread. A failing message does not stop the others. Every message
 * wakes the mailbox up, so the next one makes up for a lost wake-up.
 */
final class Mailbox {
    private static final Logger LOGGER = Logger.getLogger(Mailbox.class.getName());

    private final Scheduler scheduler;
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final ReentrantLock running = new ReentrantLock();

    Mailbox(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    void post(Runnable message) {
        messages.add(message);
        wake();
    }

    /** Posts a message later. */
    void post(Runnable message, Duration delay) {
        scheduler.schedule(() -> post(message), delay);
    }

    /** Posts a message with two wake-ups, for messages that the resync does not repeat. */
    void postSurely(Runnable message, Duration again) {
        post(message);
        try {
            scheduler.schedule(this::drain, again);
        } catch (Throwable t) { // the message still has its own wake-up
            LOGGER.log(Level.WARNING, "Cannot plan a second wake-up", t);
        }
    }

    void wake() {
        try {
            scheduler.schedule(this::drain, Duration.ZERO);
        } catch (Throwable t) { // no thread can be made now; the next message or the resync tries again
            LOGGER.log(Level.WARNING, "Cannot run the creations' next step now", t);
        }
    }

    private void drain() {
        while (!messages.isEmpty() && running.tryLock()) {
            try {
                for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
                    run(message);
                }
            } finally {
                running.unlock();
            }
        }
    }

    private static void run(Runnable message) {
        try {
            message.run();
        } catch (Throwable t) { // the resync enqueues the creation again
            LOGGER.log(Level.WARNING, "A step of a creation failed", t);
        }
    }
}

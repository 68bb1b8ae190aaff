package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Queues for work that may block: one for each account, key, disk or listener. A lane runs few jobs at once, so that a
 * hanging job delays its own lane only. The jobs of a lane with a rate limit start evenly spaced; a cancelled job gives
 * its place back. All methods are called from the mailbox.
 */
final class Lanes {
    private static final Logger LOGGER = Logger.getLogger(Lanes.class.getName());
    /** A job that has not begun after this time is considered lost and is handed to the executor again. */
    private static final Duration LOST = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Map<Object, Lane> lanes = new HashMap<>();

    Lanes(Scheduler scheduler, Mailbox mailbox) {
        this.scheduler = scheduler;
        this.mailbox = mailbox;
    }

    /** Work that may block. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws Exception;
    }

    /**
     * The limits of a lane.
     *
     * @param perSecond the maximum number of jobs that begin in a second, or 0 for any number
     */
    record Limit(int jobs, double perSecond) {
        private Duration spacing() {
            return perSecond == 0 ? Duration.ZERO : Duration.ofNanos((long) (1e9 / perSecond));
        }
    }

    /** A job that waits or runs. */
    interface Job {
        /** Cancels the job if it has not begun. */
        boolean cancel();

        /** Whether it may have begun. */
        boolean hasBegun();
    }

    /**
     * Adds a job to a lane.
     *
     * @param done is called in the mailbox with the result or the throwable
     */
    <T> Job submit(Object lane, Limit limit, Work<T> work, BiConsumer<T, Throwable> done) {
        Lane queue = lanes.computeIfAbsent(lane, key -> new Lane(key, limit));
        Item<T> item = new Item<>(queue, work, done);
        queue.waiting.add(item);
        queue.advance();
        return item;
    }

    /** Counts additional calls of a job, so that the next job starts later. */
    void charge(Object lane, int calls) {
        Lane queue = lanes.get(lane);
        if (queue != null && calls > 0) {
            queue.free = queue.free.plus(queue.limit.spacing().multipliedBy(calls));
        }
    }

    /** Hands lost jobs to the executor again. */
    void resync() {
        List.copyOf(lanes.values()).forEach(Lane::resync);
    }

    private final class Lane {
        private final Object key;
        private final Limit limit;
        private final Deque<Item<?>> waiting = new ArrayDeque<>();
        private final List<Item<?>> running = new ArrayList<>();
        private Duration free = Duration.ZERO;
        private Duration wakeAt;

        Lane(Object key, Limit limit) {
            this.key = key;
            this.limit = limit;
        }

        void advance() {
            Duration now = scheduler.uptime();
            while (!waiting.isEmpty() && running.size() < limit.jobs() && free.compareTo(now) <= 0) {
                Item<?> item = waiting.remove();
                running.add(item);
                free = now.plus(limit.spacing());
                item.handOver(now);
            }
            if (!waiting.isEmpty() && running.size() < limit.jobs() && (wakeAt == null || wakeAt.compareTo(now) <= 0)) {
                wakeAt = free;
                mailbox.post(this::advance, free.minus(now));
            }
            if (waiting.isEmpty() && running.isEmpty() && free.compareTo(now) <= 0) {
                lanes.remove(key);
            }
        }

        void resync() {
            Duration now = scheduler.uptime();
            for (Item<?> item : List.copyOf(running)) {
                if (item.finished) {
                    item.complete();
                } else if (!item.begun.get() && now.minus(item.handedOver).compareTo(LOST) > 0) {
                    item.handOver(now);
                }
            }
            wakeAt = null;
            advance();
        }
    }

    private final class Item<T> implements Job {
        private final Lane lane;
        private final Work<T> work;
        private final BiConsumer<T, Throwable> done;
        private final AtomicBoolean begun = new AtomicBoolean();
        private Duration handedOver;
        private volatile boolean finished;
        private volatile T result;
        private volatile Throwable failure;
        private boolean completed;

        Item(Lane lane, Work<T> work, BiConsumer<T, Throwable> done) {
            this.lane = lane;
            this.work = work;
            this.done = done;
        }

        @Override
        public boolean cancel() {
            if (lane.waiting.remove(this)) {
                return true;
            }
            if (lane.running.contains(this) && begun.compareAndSet(false, true)) {
                lane.running.remove(this);
                lane.advance();
                return true;
            }
            return false;
        }

        @Override
        public boolean hasBegun() {
            return begun.get();
        }

        void handOver(Duration now) {
            handedOver = now;
            try {
                scheduler.work(this::run);
            } catch (Throwable t) { // no thread can be made now; the resync tries again
                LOGGER.log(Level.WARNING, "Cannot begin a job now", t);
            }
        }

        private Runnable run() {
            if (!begun.compareAndSet(false, true)) {
                return () -> {};
            }
            try {
                result = work.run();
            } catch (Throwable t) { // the job must end whatever was thrown
                failure = t;
            }
            finished = true;
            return () -> mailbox.post(this::complete);
        }

        private void complete() {
            if (completed) {
                return;
            }
            completed = true;
            lane.running.remove(this);
            try {
                done.accept(result, failure);
            } finally {
                lane.advance();
            }
        }
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * A clock that stands still and a scheduler that moves it: tasks run one after the other on the caller's thread, in the
 * order of their time, and hours pass in no time. Nothing here is random.
 */
public final class VirtualTime extends Clock implements Scheduler {
    private final Queue<Task> tasks = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private long order;

    private record Task(Instant due, long order, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    @Override
    public synchronized void schedule(Runnable task, Duration delay) {
        tasks.add(new Task(now.plus(delay), order++, task));
    }

    /** Runs tasks until the condition holds. Fails when nothing is left that could make it true. */
    public void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!runNext()) {
                throw new AssertionError("Nothing is scheduled any more, at " + now);
            }
        }
    }

    /** Runs all tasks that are due within a time, and lets that time pass. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        while (next() != null && !next().due().isAfter(end)) {
            runNext();
        }
        setTime(end);
    }

    /** Forgets all tasks, as a killed process does. */
    public synchronized void kill() {
        tasks.clear();
    }

    private boolean runNext() {
        Task task = take();
        if (task == null) {
            return false;
        }
        if (task.due().isAfter(instant())) {
            setTime(task.due());
        }
        task.work().run();
        return true;
    }

    private synchronized Task next() {
        return tasks.peek();
    }

    private synchronized Task take() {
        return tasks.poll();
    }

    private synchronized void setTime(Instant time) {
        now = time;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

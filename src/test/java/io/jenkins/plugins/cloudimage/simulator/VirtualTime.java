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
    private Duration uptime = Duration.ZERO;
    private Instant wall = Instant.parse("2026-01-02T03:04:05Z");
    private long order;

    private record Task(Duration due, long order, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    @Override
    public synchronized void schedule(Runnable task, Duration delay) {
        tasks.add(new Task(uptime.plus(delay), order++, task));
    }

    /** Runs tasks until the condition holds. Fails when nothing is left that could make it true. */
    public void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!runNext()) {
                throw new AssertionError("Nothing is scheduled any more, at " + wall);
            }
        }
    }

    /** Runs all tasks that are due within a time, and lets that time pass. */
    public void pass(Duration time) {
        Duration end = uptime().plus(time);
        while (next() != null && next().due().compareTo(end) <= 0) {
            runNext();
        }
        passUntil(end);
    }

    /** Sets the wall clock, as a time server or a person does; what is scheduled does not care. */
    public synchronized void setClock(Instant time) {
        wall = time;
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
        passUntil(task.due());
        task.work().run();
        return true;
    }

    private synchronized Task next() {
        return tasks.peek();
    }

    private synchronized Task take() {
        return tasks.poll();
    }

    private synchronized void passUntil(Duration time) {
        if (time.compareTo(uptime) > 0) {
            wall = wall.plus(time.minus(uptime));
            uptime = time;
        }
    }

    @Override
    public synchronized Duration uptime() {
        return uptime;
    }

    @Override
    public synchronized Instant instant() {
        return wall;
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

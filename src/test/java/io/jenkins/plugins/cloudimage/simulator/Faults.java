package io.jenkins.plugins.cloudimage.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The misbehaviour that tests have ordered, by action, each for one request. */
public final class Faults {
    private final Map<String, Deque<Fault>> ordered = new ConcurrentHashMap<>();

    /** Orders misbehaviour for the next requests of an action, one after the other. */
    public synchronized void next(String action, Fault... faults) {
        Deque<Fault> queue = ordered.computeIfAbsent(action, name -> new ArrayDeque<>());
        queue.addAll(java.util.List.of(faults));
    }

    synchronized Fault take(String action) {
        Deque<Fault> queue = ordered.get(action);
        return queue == null ? null : queue.poll();
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Counts an account's calls in a sliding window, by action. */
final class RateLimit {
    private final Clock clock;
    private final Duration window;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();

    RateLimit(Clock clock, Duration window) {
        this.clock = clock;
        this.window = window;
    }

    synchronized boolean allows(String account, String action, int limit) {
        Instant now = clock.instant();
        Deque<Instant> recent = calls.computeIfAbsent(account + "/" + action, key -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.peek().isAfter(now.minus(window))) {
            recent.remove();
        }
        recent.add(now);
        return recent.size() <= limit;
    }
}

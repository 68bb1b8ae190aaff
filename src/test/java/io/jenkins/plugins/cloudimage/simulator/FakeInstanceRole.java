package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The role of a fake instance. Its key is replaced before it expires, and until then everybody gets the same one. */
public final class FakeInstanceRole {
    private static final Duration EARLY = Duration.ofMinutes(30);

    private final Clock clock;
    private final IssuedKeys keys;
    private final String prefix;
    private String name;
    private String failure;
    private Duration validity = Duration.ofHours(6);
    private IssuedKeys.Key key;
    private Instant updated;

    FakeInstanceRole(Clock clock, IssuedKeys keys, String prefix, String name) {
        this.clock = clock;
        this.keys = keys;
        this.prefix = prefix;
        this.name = name;
    }

    /** Gives the instance another role, or none if it is null. */
    public synchronized void attach(String other) {
        name = other;
        key = null;
    }

    /** Lets the service say that it has no key, by a code. */
    public synchronized void fail(String code) {
        failure = code;
    }

    /** Sets how long a key is valid. */
    public synchronized void issueFor(Duration time) {
        validity = time;
    }

    synchronized String name() {
        return name;
    }

    synchronized String failure() {
        return failure;
    }

    synchronized Instant updated() {
        return updated;
    }

    synchronized IssuedKeys.Key key() {
        Duration half = validity.dividedBy(2);
        Duration early = half.compareTo(EARLY) < 0 ? half : EARLY;
        if (key == null || !clock.instant().isBefore(key.end().minus(early))) {
            updated = clock.instant();
            key = keys.issue(prefix, "instance", validity, null);
        }
        return key;
    }
}

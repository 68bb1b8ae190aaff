package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The machines of a fake account. Stopping and starting take a while. */
public final class FakeInstances {
    private final Clock clock;
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();
    private volatile Duration change = Duration.ofSeconds(20);

    /** What a machine does. */
    public enum Power {
        /** It runs. */
        RUNNING,
        /** It is shut down. */
        STOPPED,
        /** It is shutting down. */
        STOPPING,
        /** It is starting. */
        STARTING
    }

    private record Machine(Power target, Instant reached) {}

    FakeInstances(Clock clock) {
        this.clock = clock;
    }

    /** Adds a machine that runs. */
    public FakeInstances add(String id) {
        machines.put(id, new Machine(Power.RUNNING, clock.instant()));
        return this;
    }

    /** Adds a machine that is shut down. */
    public FakeInstances addStopped(String id) {
        machines.put(id, new Machine(Power.STOPPED, clock.instant()));
        return this;
    }

    /** Sets how long stopping and starting take from now on. */
    public void take(Duration duration) {
        change = duration;
    }

    /** What a machine does now, or empty if there is none of that id. */
    public Optional<Power> power(String id) {
        return Optional.ofNullable(machines.get(id)).map(machine -> {
            boolean reached = !clock.instant().isBefore(machine.reached());
            Power changing = machine.target() == Power.STOPPED ? Power.STOPPING : Power.STARTING;
            return reached ? machine.target() : changing;
        });
    }

    /** The ids of all machines, in order. */
    List<String> ids() {
        return machines.keySet().stream().sorted().toList();
    }

    /** All of them. */
    public Map<String, Power> all() {
        return machines.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), id -> power(id).orElseThrow()));
    }

    void stop(String id) {
        machines.put(id, new Machine(Power.STOPPED, clock.instant().plus(change)));
    }

    void start(String id) {
        machines.put(id, new Machine(Power.RUNNING, clock.instant().plus(change)));
    }
}

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

/** The instances of a fake account. Stopping and starting take a while. */
public final class FakeInstances {
    private final Clock clock;
    private final Map<String, Instance> instances = new ConcurrentHashMap<>();
    private final Map<String, String> bootImages = new ConcurrentHashMap<>();
    private final String publicImage;
    private volatile Duration change = Duration.ofSeconds(20);

    /** What an instance does. */
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

    private record Instance(Power target, Instant reached) {}

    /**
     * @param publicImage the image of all instances of which nothing else is said
     */
    FakeInstances(Clock clock, String publicImage) {
        this.clock = clock;
        this.publicImage = publicImage;
    }

    /** Adds an instance that runs. */
    public FakeInstances add(String id) {
        instances.put(id, new Instance(Power.RUNNING, clock.instant()));
        return this;
    }

    /** Adds an instance that is shut down. */
    public FakeInstances addStopped(String id) {
        instances.put(id, new Instance(Power.STOPPED, clock.instant()));
        return this;
    }

    /** Sets how long stopping and starting take from now on. */
    public void take(Duration duration) {
        change = duration;
    }

    /** Says of which image an instance's system disk was made. */
    public FakeInstances bootedFrom(String id, String imageId) {
        bootImages.put(id, imageId);
        return this;
    }

    /** The image of an instance's system disk: a public one, unless somebody has said otherwise. */
    public String imageOf(String id) {
        return bootImages.getOrDefault(id, publicImage);
    }

    /** Whether an instance uses an image. */
    boolean use(String imageId) {
        return ids().stream().anyMatch(id -> imageOf(id).equals(imageId));
    }

    /** Removes an instance. */
    public void remove(String id) {
        instances.remove(id);
    }

    /** What an instance does now, or empty if there is none of that id. */
    public Optional<Power> power(String id) {
        return Optional.ofNullable(instances.get(id)).map(instance -> {
            boolean reached = !clock.instant().isBefore(instance.reached());
            Power changing = instance.target() == Power.STOPPED ? Power.STOPPING : Power.STARTING;
            return reached ? instance.target() : changing;
        });
    }

    /** The ids of all instances, in order. */
    List<String> ids() {
        return instances.keySet().stream().sorted().toList();
    }

    /** All of them. */
    public Map<String, Power> all() {
        return instances.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), id -> power(id).orElseThrow()));
    }

    void stop(String id) {
        instances.put(id, new Instance(Power.STOPPED, clock.instant().plus(change)));
    }

    void start(String id) {
        instances.put(id, new Instance(Power.RUNNING, clock.instant().plus(change)));
    }
}

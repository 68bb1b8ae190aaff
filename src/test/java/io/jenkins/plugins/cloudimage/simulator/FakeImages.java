package io.jenkins.plugins.cloudimage.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The images of a fake account. They take their time, and new ones can be slow to show up in lists. */
public final class FakeImages {
    private final Clock clock;
    private final String idPrefix;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, FakeImage> images = new LinkedHashMap<>();
    private final Set<String> shared = new HashSet<>();
    private final Map<String, String> regions = new HashMap<>();
    private Duration takes = Duration.ofMinutes(10);
    private Duration listedAfter = Duration.ZERO;
    private boolean failing;

    FakeImages(Clock clock, String idPrefix) {
        this.clock = clock;
        this.idPrefix = idPrefix;
    }

    /** Sets how long images take from now on. */
    public synchronized void take(Duration duration) {
        takes = duration;
    }

    /** Finishes all images that are being made. */
    public synchronized void finish() {
        Instant now = clock.instant();
        images.replaceAll((id, image) -> image.finished().isAfter(now)
                ? new FakeImage(
                        id, image.name(), image.sourceId(), image.description(), image.created(), now, image.fails())
                : image);
    }

    /** Sets how long images stay out of lists, as in an eventually consistent cloud. */
    public synchronized void listAfter(Duration delay) {
        listedAfter = delay;
    }

    /** Lets the images that are made from now on fail, or not. */
    public synchronized void fail(boolean fail) {
        failing = fail;
    }

    /** Sets the number in the next id, so that the ids of several clouds differ. */
    public void numberFrom(int next) {
        number.set(next - 1);
    }

    /** All images, listed or not. */
    public synchronized List<FakeImage> all() {
        return List.copyOf(images.values());
    }

    /** Makes an image, as somebody could in the cloud's console. */
    public synchronized FakeImage create(String name, String sourceId) {
        return create(name, sourceId, null);
    }

    synchronized FakeImage create(String name, String sourceId, String description) {
        return create(name, sourceId, description, clock.instant());
    }

    /** Makes an image on which work begins later. */
    synchronized FakeImage create(String name, String sourceId, String description, Instant begin) {
        String id = idPrefix + String.format("%08x", number.incrementAndGet());
        FakeImage image = new FakeImage(id, name, sourceId, description, clock.instant(), begin.plus(takes), failing);
        images.put(id, image);
        return image;
    }

    /** Puts an image into a region; others are in the region in which somebody asks for them. */
    synchronized void place(FakeImage image, String region) {
        regions.put(image.id(), region);
    }

    synchronized boolean isIn(FakeImage image, String region) {
        return regions.getOrDefault(image.id(), region).equals(region);
    }

    /** The region of an image, or null if it was made in none. */
    public synchronized String region(String id) {
        return regions.get(id);
    }

    /** Lets another account share an image with this one. */
    public synchronized FakeImage receive(String name) {
        FakeImage image = create(name, null);
        shared.add(image.id());
        return image;
    }

    /** Whether the image belongs to another account. */
    synchronized boolean isShared(FakeImage image) {
        return shared.contains(image.id());
    }

    synchronized boolean isTaken(String name) {
        return images.values().stream().anyMatch(image -> image.name().equals(name));
    }

    synchronized boolean isTaken(String name, String region) {
        return images.values().stream().anyMatch(image -> image.name().equals(name) && isIn(image, region));
    }

    synchronized Optional<FakeImage> find(String id, String region) {
        return find(id).filter(image -> isIn(image, region));
    }

    synchronized Optional<FakeImage> find(String id) {
        return Optional.ofNullable(images.get(id));
    }

    /** Deletes an image, as somebody could in the cloud's console. */
    public synchronized void remove(String id) {
        images.remove(id);
    }

    synchronized List<FakeImage> listed() {
        Instant now = clock.instant();
        return images.values().stream()
                .filter(image -> !image.created().plus(listedAfter).isAfter(now))
                .toList();
    }

    synchronized List<FakeImage> listed(Collection<String> ids) {
        List<FakeImage> found = new ArrayList<>(listed());
        found.removeIf(image -> !ids.contains(image.id()));
        return found;
    }

    boolean finished(FakeImage image) {
        return !clock.instant().isBefore(image.finished());
    }
}

package io.jenkins.plugins.cloudimage.simulator;

import java.util.HashMap;
import java.util.Map;

/** Which images of a fake account are copies of which, so that it is known what is being copied. */
final class FakeCopySources {
    private final FakeImages images;
    private final Map<String, String> sources = new HashMap<>();

    FakeCopySources(FakeImages images) {
        this.images = images;
    }

    synchronized void note(FakeImage copy, FakeImage source) {
        sources.put(copy.id(), source.id());
    }

    synchronized boolean isCopy(String id) {
        return sources.containsKey(id);
    }

    synchronized boolean isCopying(String id) {
        return sources.entrySet().stream()
                .filter(copy -> copy.getValue().equals(id))
                .flatMap(copy -> images.find(copy.getKey()).stream())
                .anyMatch(copy -> !images.finished(copy));
    }
}

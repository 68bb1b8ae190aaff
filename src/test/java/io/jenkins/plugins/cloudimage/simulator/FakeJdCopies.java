package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies of images between the regions of a fake account of JD Cloud. While an image is copied, it can neither be deleted
 * nor copied again.
 */
final class FakeJdCopies {
    private final FakeImages images;
    /** The source of each copy. */
    private final Map<String, String> sources = new HashMap<>();

    FakeJdCopies(FakeImages images) {
        this.images = images;
    }

    /** A copy without a description gets a text of the cloud. */
    synchronized FakeImage make(FakeImage source, String region, JsonNode call) {
        FakeImage copy = images.create(
                call.path("name").asText(source.name()),
                null,
                call.path("description").asText("Copied from " + source.id() + " in " + region));
        images.place(copy, call.path("destinationRegion").asText());
        sources.put(copy.id(), source.id());
        return copy;
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

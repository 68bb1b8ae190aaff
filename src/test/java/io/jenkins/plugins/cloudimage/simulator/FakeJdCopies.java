package io.jenkins.plugins.cloudimage.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Copies of images between the regions of a fake account of JD Cloud. While an image is copied, it can neither be deleted
 * nor copied again.
 */
final class FakeJdCopies {
    private final FakeImages images;
    private final FakeCopySources sources;

    FakeJdCopies(FakeImages images) {
        this.images = images;
        this.sources = new FakeCopySources(images);
    }

    /** A copy without a description gets a text of the cloud. */
    synchronized FakeImage make(FakeImage source, String region, JsonNode call) {
        FakeImage copy = images.create(
                call.path("name").asText(source.name()),
                null,
                call.path("description").asText("Copied from " + source.id() + " in " + region));
        images.place(copy, call.path("destinationRegion").asText());
        sources.note(copy, source);
        return copy;
    }

    boolean isCopy(String id) {
        return sources.isCopy(id);
    }

    boolean isCopying(String id) {
        return sources.isCopying(id);
    }
}

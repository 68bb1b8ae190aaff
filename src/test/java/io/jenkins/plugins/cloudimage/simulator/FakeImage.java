package io.jenkins.plugins.cloudimage.simulator;

import java.time.Instant;

/**
 * An image in a fake cloud.
 *
 * @param id the id
 * @param name the name
 * @param sourceId the instance that it is made from, or null
 * @param description the description, or null
 * @param created when it was asked for
 * @param finished when it leaves the state of being made
 * @param fails whether it fails then
 */
public record FakeImage(
        String id,
        String name,
        String sourceId,
        String description,
        Instant created,
        Instant finished,
        boolean fails) {}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.Mark;
import java.util.Objects;
import java.util.UUID;

/**
 * A copy that is wanted of an image. It has a record of its own, with these parts, once the image is ready.
 *
 * @param key a UUID that identifies its record
 * @param token the idempotency token of the copy
 * @param mark proves that the copy belongs to its record, where copies can carry it
 */
public record PlannedCopy(String key, String token, Mark mark, CopyTarget target) {

    /** Rejects a stored record in which something is missing. */
    public PlannedCopy {
        UUID.fromString(key);
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(mark, "mark");
        Objects.requireNonNull(target, "target");
    }

    static PlannedCopy of(CopyTarget target) {
        return new PlannedCopy(UUID.randomUUID().toString(), UUID.randomUUID().toString(), Mark.random(), target);
    }
}

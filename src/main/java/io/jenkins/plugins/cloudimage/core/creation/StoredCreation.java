package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Instant;
import java.util.Objects;

/**
 * A record in the form that is saved.
 *
 * @param schema the version of the format
 * @param revision grows with every save; an older one never replaces a newer one
 * @param home the identity of the folder of the first save, so that a copy is noticed
 * @param saved when it was saved, by the controller's clock
 */
public record StoredCreation(
        int schema, long revision, @Nullable String home, Instant saved, Creation creation) {
    /** The format that this plugin writes and reads. */
    public static final int SCHEMA = 2;

    /** Rejects a format that this plugin does not read. */
    public StoredCreation {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("Schema " + schema + " is not known");
        }
        Objects.requireNonNull(saved, "saved");
        Objects.requireNonNull(creation, "creation");
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Instant;
import java.util.Objects;

/**
 * A record as it is on disk.
 *
 * @param schema the version of the form of the record
 * @param revision grows with every save; an older one never replaces a newer one
 * @param home the folder in which the record was saved first, so that a copy is noticed
 * @param saved when it was saved, by the controller's clock
 */
public record StoredCreation(
        int schema, long revision, @Nullable String home, Instant saved, Creation creation) {
    /** The version that this plugin writes and understands. */
    public static final int SCHEMA = 2;

    /** Refuses what this plugin does not understand. */
    public StoredCreation {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("Schema " + schema + " is not known");
        }
        Objects.requireNonNull(saved, "saved");
        Objects.requireNonNull(creation, "creation");
    }
}

package io.jenkins.plugins.cloudimage.core.simulation;

import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ImageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The truth about an image. */
final class Image {
    final String id;
    final String instance;
    final String description;
    final Instant created;
    /** The step that made it, or null for a person. */
    final Step maker;

    final long madeAt;
    long readyAt;
    boolean fails;
    String name;
    boolean deleted;
    boolean deletedByPerson;
    /** A person gave it another name. */
    boolean renamed;
    /** When lists begin to show it. */
    long listedAt;
    /** When it was deleted, so that stale lists still show it. */
    long deletedAt = Long.MAX_VALUE;

    boolean hasSnapshot;
    /** The accounts with which it is shared, and since when. */
    final Map<String, Long> shares = new TreeMap<>();
    /** The steps that have asked for that. */
    final Set<Step> sharers = new LinkedHashSet<>();
    /** Its copies in other regions. */
    final List<Image> copies = new ArrayList<>();
    /** The process that was told its id, and remembers it unless it dies before the next save. */
    Life namedIn;
    /** The step that was to delete it, and did; null if none did. */
    Step retirer;
    /** Somebody was told that it can be used. */
    boolean delivered;

    Image(String id, String name, String instance, String description, Instant created, Step maker, long madeAt) {
        this.id = id;
        this.name = name;
        this.instance = instance;
        this.description = description;
        this.created = created;
        this.maker = maker;
        this.madeAt = madeAt;
        this.listedAt = madeAt;
    }

    ImageState state(long now) {
        return now < readyAt ? ImageState.PENDING : fails ? ImageState.FAILED : ImageState.READY;
    }

    CloudImage describe(long now, boolean describes) {
        ImageState state = state(now);
        return new CloudImage(id, name, state, state.name(), null, created, instance, describes ? description : null);
    }

    @Override
    public String toString() {
        return id + " (" + name + ", of " + (maker == null ? "a person" : maker) + ")";
    }
}

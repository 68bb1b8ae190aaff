package io.jenkins.plugins.cloudimage.core.retention;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * An image that a job has made.
 *
 * @param number the number of the build
 * @param id the cloud's id of the image
 * @param ready when it was ready, by the controller's clock
 * @param proven whether it is proven that the build made it; no other image is ever retired
 * @param retired when it was seen gone after its retirement, or null if it may exist
 */
public record MadeImage(
        ImageGroup group,
        int number,
        String id,
        String name,
        Instant ready,
        boolean proven,
        @Nullable Instant retired) {

    /** The newest comes first: the one of the latest build, whatever the clock said. */
    static final Comparator<MadeImage> NEWEST_FIRST = Comparator.comparingInt(MadeImage::number)
            .thenComparing(MadeImage::ready)
            .thenComparing(MadeImage::id)
            .reversed();

    /** Rejects a stored image in which something is missing. */
    public MadeImage {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(ready, "ready");
    }

    /** The build as its controller identifies it. */
    public String build() {
        return group.job() + "#" + number;
    }

    /** Whether both are the same image of the cloud, whatever is known of it. */
    boolean isSame(MadeImage other) {
        ImageGroup its = other.group;
        return id.equals(other.id) && group.isIn(its.cloud(), its.endpoint(), its.region());
    }

    MadeImage retiredAt(Instant moment) {
        return new MadeImage(group, number, id, name, ready, proven, moment);
    }

    MadeImage of(String job) {
        return new MadeImage(group.of(job), number, id, name, ready, proven, retired);
    }
}

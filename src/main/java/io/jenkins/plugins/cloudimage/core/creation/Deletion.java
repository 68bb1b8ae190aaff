package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.Objects;

/**
 * The request of a build to delete an image that exists. It is on disk before anything is done.
 *
 * @param madeBy the build whose record proves that this controller made the image, or null if nothing proves it. A name, a
 *     tag and a mark prove nothing, because those of another controller look the same.
 * @param notOurs whether the image is deleted although nothing proves that this controller made it
 * @param force whether the image is deleted although instances use it
 */
public record Deletion(String imageId, @Nullable String madeBy, boolean notOurs, boolean force) {

    /** Rejects a stored record without an image. */
    public Deletion {
        Objects.requireNonNull(imageId, "imageId");
    }

    boolean isProven() {
        return madeBy != null;
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CopyTarget;
import java.util.List;

/**
 * The copies that are wanted of an image.
 *
 * @param mayFail whether the image counts as ready although a copy has failed
 */
public record CopyPlan(List<PlannedCopy> copies, boolean mayFail) {
    /** No copies. */
    public static final CopyPlan NONE = new CopyPlan(List.of(), false);

    /** A null list becomes an empty one. */
    public CopyPlan {
        copies = copies == null ? List.of() : List.copyOf(copies);
    }

    /** Plans a copy for each target. */
    public static CopyPlan of(List<CopyTarget> targets, boolean mayFail) {
        return new CopyPlan(targets.stream().map(PlannedCopy::of).toList(), mayFail);
    }
}

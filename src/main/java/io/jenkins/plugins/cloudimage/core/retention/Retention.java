package io.jenkins.plugins.cloudimage.core.retention;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;

/**
 * Which older images of its job a build retires. An image is retired only if every rule that is given allows it.
 *
 * @param keep how many of the newest images stay, at least 1, or null if only the age counts
 * @param keepDays how many days an image stays, at least 1, or null if only the number counts
 * @param dryRun whether it is only told which images would be retired
 * @param comparesTemplates whether an image stays that a launch template or a scaling configuration names; if not, the user
 *     knows that there are none
 */
public record Retention(@Nullable Integer keep, @Nullable Integer keepDays, boolean dryRun, boolean comparesTemplates) {

    /** Rejects a stored rule that would retire everything. */
    public Retention {
        if (keep == null && keepDays == null || keep != null && keep < 1 || keepDays != null && keepDays < 1) {
            throw new IllegalArgumentException("Nothing would be kept: " + keep + ", " + keepDays);
        }
    }

    /** A rule that compares no templates. */
    public Retention(@Nullable Integer keep, @Nullable Integer keepDays, boolean dryRun) {
        this(keep, keepDays, dryRun, false);
    }

    /** The new image itself always stays. */
    int newest() {
        return keep == null ? 1 : keep;
    }

    Duration age() {
        return keepDays == null ? Duration.ZERO : Duration.ofDays(keepDays);
    }
}

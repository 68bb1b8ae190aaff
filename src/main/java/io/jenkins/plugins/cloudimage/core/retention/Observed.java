package io.jenkins.plugins.cloudimage.core.retention;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ImageTemplate;
import java.time.Instant;

/**
 * What is seen of an image. Null is what was not looked for yet.
 *
 * @param ready whether the cloud lists it as ready
 * @param created when it was created by the cloud's clock, or null if the cloud does not say
 * @param keptBuild whether its build is kept forever, or may be
 * @param shared whether it is shared with anybody
 * @param used whether an instance uses it
 * @param template what names it: a launch template or a scaling configuration; null if nothing does or they are not compared
 * @param unlisted why they cannot be listed, so that it is not known whether one names it; null if they are listed or not
 *     compared
 */
public record Observed(
        boolean ready,
        @Nullable Instant created,
        @Nullable Boolean keptBuild,
        @Nullable Boolean shared,
        @Nullable Boolean used,
        @Nullable ImageTemplate template,
        @Nullable CloudError unlisted) {
    /** It is not listed. */
    public static final Observed NOTHING = new Observed(false, null, null, null, null, null, null);

    /** An image that the cloud lists as ready; nothing else is known of it yet. */
    public static Observed ready(@Nullable Instant created) {
        return new Observed(true, created, null, null, null, null, null);
    }

    /** Whether it was looked for everything that protects an image, and nothing does. */
    public boolean isFree() {
        return Boolean.FALSE.equals(keptBuild)
                && Boolean.FALSE.equals(shared)
                && Boolean.FALSE.equals(used)
                && template == null
                && unlisted == null;
    }

    /** The same, and what was looked for afterwards. */
    public Observed with(boolean kept, boolean isShared, boolean isUsed) {
        return new Observed(ready, created, kept, isShared, isUsed, template, unlisted);
    }

    /** The same, and a template that names it. */
    public Observed named(ImageTemplate by) {
        return new Observed(ready, created, keptBuild, shared, used, by, unlisted);
    }

    /** The same, and the templates cannot be listed. */
    public Observed unlisted(CloudError why) {
        return new Observed(ready, created, keptBuild, shared, used, template, why);
    }
}

package io.jenkins.plugins.cloudimage.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import java.io.Serializable;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A copy of a created image in another region. A sandboxed script may read its properties. */
public final class ImageCopy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String name;
    private final String region;
    private final boolean ready;

    ImageCopy(CopyStatus copy) {
        this.id = copy.image() == null ? null : copy.image().id();
        this.name = copy.name();
        this.region = copy.region();
        this.ready = copy.isReady();
    }

    /** The cloud's id of the copy, or null if it is unknown. */
    @CheckForNull
    @Whitelisted
    public String getId() {
        return id;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    /** The cloud's code of the region. */
    @Whitelisted
    public String getRegion() {
        return region;
    }

    /** Whether the copy can be used; only with {@code copyFailure: 'unstable'} it may be unusable. */
    @Whitelisted
    public boolean isReady() {
        return ready;
    }

    /** The id; empty if it is unknown. */
    @Override
    @Whitelisted
    public String toString() {
        return id == null ? "" : id;
    }
}

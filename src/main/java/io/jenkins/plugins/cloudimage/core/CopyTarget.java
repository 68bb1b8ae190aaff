package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A region into which an image is copied.
 *
 * @param region the region code
 * @param name the name of the copy, or null for the name of its source
 * @param encrypt whether the copy is encrypted
 * @param kmsKeyId the key in that region that encrypts the copy, or null for the cloud's own
 */
public record CopyTarget(
        String region,
        @CheckForNull String name,
        boolean encrypt,
        @CheckForNull String kmsKeyId) {

    /** A copy with the name of its source. */
    public CopyTarget(String region) {
        this(region, null, false, null);
    }
}

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A tag of the new image.
 *
 * @param key the key; the cloud's rules limit its length and its characters
 * @param value the value; null means an empty one
 */
public record ImageTag(
        @CheckForNull String key, @CheckForNull String value) {}

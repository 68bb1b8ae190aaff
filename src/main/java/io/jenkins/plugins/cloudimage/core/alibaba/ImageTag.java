package io.jenkins.plugins.cloudimage.core.alibaba;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A tag of the new image, {@code Tag.N} of the API.
 *
 * @param key 1 to 128 characters
 * @param value 0 to 128 characters; null stands for an empty one
 */
public record ImageTag(String key, @CheckForNull String value) {}

package io.jenkins.plugins.cloudimage.core.tencent;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * A tag of the new image, an element of {@code TagSpecification} in the API.
 *
 * @param key the key; it need not exist in the account
 * @param value the value; null means an empty one
 */
public record TencentTag(String key, @CheckForNull String value) {}

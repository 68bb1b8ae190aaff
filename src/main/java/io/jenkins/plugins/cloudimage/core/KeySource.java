package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a credential contains: a key, and the role that it assumes.
 *
 * @param role the role whose temporary keys sign the calls, or null if the key itself signs them
 */
public record KeySource(AccessKey key, @CheckForNull CloudRole role) {}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * Who wants the image: how another process finds build and key again.
 *
 * @param build the build, as its controller identifies it
 * @param credentialsId the credential that holds the key
 * @param endpoint the name of the administrator's endpoint, or null for the cloud's own
 */
public record Origin(
        String build, String credentialsId, @CheckForNull String endpoint) {}

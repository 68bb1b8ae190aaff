package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.util.Objects;

/**
 * The build that wants the image, and where its endpoint and key are found again.
 *
 * @param build the build, as its controller identifies it
 * @param endpoint the name of the administrator's endpoint, or null for the cloud's own
 */
public record BuildReference(
        String build, String credentialsId, @Nullable String endpoint) {

    /** Rejects a stored record without a build or a credential. */
    public BuildReference {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(credentialsId, "credentialsId");
    }
}

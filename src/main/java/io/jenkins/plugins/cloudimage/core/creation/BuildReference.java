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

    /**
     * The full name of a build's job.
     *
     * @param build the job's full name, {@code #} and the number of the build
     */
    public static String jobOf(String build) {
        return build.substring(0, Math.max(0, build.lastIndexOf('#')));
    }

    /**
     * The number of a build.
     *
     * @throws NumberFormatException if there is none
     */
    public static int numberOf(String build) {
        return Integer.parseInt(build.substring(build.lastIndexOf('#') + 1));
    }
}

package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;

/**
 * How a step hands its image over, and what it saw of its source. The clean-up, which has no step, takes it from the
 * build.
 *
 * @param variable the build variable that tells the id
 * @param packerManifest whether the image is wanted in Packer's format too
 * @param commit the value of {@code GIT_COMMIT}, or null
 */
record Handover(
        String variable,
        boolean packerManifest,
        @CheckForNull String commit) {
    /** For an image of which the build knows nothing yet. */
    static final Handover DEFAULT = new Handover(ImageParameters.DEFAULT_VARIABLE, false, null);

    static Handover of(ImageParameters parameters, @CheckForNull EnvVars environment) {
        return new Handover(
                parameters.getVariable(),
                ImageParameters.PACKER_MANIFEST.equalsIgnoreCase(parameters.getManifestFormat()),
                environment == null ? null : Util.fixEmptyAndTrim(environment.get("GIT_COMMIT")));
    }
}

package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Util;

/**
 * The output settings of a step and the commit that it saw. The cleanup, which has no step, reads them from the build.
 *
 * @param variable the build variable that tells the id
 * @param packerManifest whether the image is wanted in Packer's format too
 * @param commit the value of {@code GIT_COMMIT}, or null
 */
record OutputSettings(
        String variable,
        boolean packerManifest,
        @CheckForNull String commit) {
    /** For an image of which the build knows nothing yet. */
    static final OutputSettings DEFAULT = new OutputSettings(ImageParameters.DEFAULT_VARIABLE, false, null);

    static OutputSettings of(ImageParameters parameters, @CheckForNull EnvVars environment) {
        return new OutputSettings(
                parameters.getVariable(),
                ImageParameters.PACKER_MANIFEST.equalsIgnoreCase(parameters.getManifestFormat()),
                environment == null ? null : Util.fixEmptyAndTrim(environment.get("GIT_COMMIT")));
    }
}

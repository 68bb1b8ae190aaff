package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;

/** The parameters of {@code createCloudImage}, the same in a pipeline and in a freestyle job. */
public interface ImageParameters {
    /** How long an image is waited for unless the job says otherwise, in minutes. */
    int DEFAULT_TIMEOUT_MINUTES = 120;

    /** The build variable unless the job names another. */
    String DEFAULT_VARIABLE = "CLOUD_IMAGE_ID";

    /**
     * Where the image is made, and from what.
     *
     * @return the cloud's own parameters
     */
    CloudSettings getCloud();

    /**
     * The credential with the key.
     *
     * @return its id, or an expression {@code ${PARAM}} that names a credentials parameter
     */
    String getCredentialsId();

    /**
     * The image's name.
     *
     * @return the name
     */
    String getImageName();

    /**
     * The image's description.
     *
     * @return the description, or null
     */
    @CheckForNull
    String getDescription();

    /**
     * The build variable that gets the image's id.
     *
     * @return its name
     */
    String getVariable();

    /**
     * How long the image is waited for.
     *
     * @return minutes, at least 1
     */
    int getTimeoutMinutes();

    /**
     * The name of a variable as it was given.
     *
     * @param given the name, or null or empty
     * @return the name, or the default
     */
    static String variableOrDefault(@CheckForNull String given) {
        String name = Util.fixEmptyAndTrim(given);
        return name == null ? DEFAULT_VARIABLE : name;
    }

    /**
     * A time-out as it was given.
     *
     * @param given minutes, or 0 or less for none
     * @return the minutes, or the default
     */
    static int timeoutOrDefault(int given) {
        return given > 0 ? given : DEFAULT_TIMEOUT_MINUTES;
    }
}

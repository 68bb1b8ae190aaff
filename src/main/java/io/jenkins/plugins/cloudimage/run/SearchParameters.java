package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import java.util.List;

/** The parameters of {@code findCloudImage}, the same in a pipeline and in a freestyle job. */
public interface SearchParameters {
    /** The parameters, as a Jenkinsfile and the form call them. */
    List<String> FIELDS =
            List.of("cloud", "credentialsId", "namePrefix", "imageFamily", "tag", "job", "variable", "failIfNone");

    /** Where the image is; what belongs to the creation of an image is ignored. */
    CloudSettings getCloud();

    /** The credential's id, or an expression {@code ${PARAM}} that names a credentials parameter. */
    String getCredentialsId();

    /** How the image's name begins, or null for any name. */
    @CheckForNull
    String getNamePrefix();

    /** The image's family, or null for any. */
    @CheckForNull
    String getImageFamily();

    /** A tag of the image, as {@code key=value} or {@code key}, or null for any. */
    @CheckForNull
    String getTag();

    /** The job that made the image, absolute or relative to the build's job as in the step {@code build}, or null for any. */
    @CheckForNull
    String getJob();

    /** The build variable that gets the image's id. */
    String getVariable();

    /** Whether the step fails if there is no such image. */
    boolean isFailIfNone();
}

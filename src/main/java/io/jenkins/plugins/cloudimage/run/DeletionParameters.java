package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import java.util.List;

/** The parameters of {@code deleteCloudImage}, the same in a pipeline and in a freestyle job. */
public interface DeletionParameters {
    /** The parameters, as a Jenkinsfile and the form call them. */
    List<String> FIELDS = List.of("cloud", "credentialsId", "imageId", "job", "notOurs", "force");

    /** Where the image is; what belongs to the creation of an image is ignored. */
    CloudSettings getCloud();

    /** The credential's id, or an expression {@code ${PARAM}} that names a credentials parameter. */
    String getCredentialsId();

    /** The cloud's id of the image. */
    String getImageId();

    /** The job that made the image, absolute or relative to the build's job as in the step {@code build}, or null for this one. */
    @CheckForNull
    String getJob();

    /** Whether the image is deleted although no record proves that this controller made it. */
    boolean isNotOurs();

    /** Whether the image is deleted although instances use it. */
    boolean isForce();
}

package io.jenkins.plugins.cloudimage.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.ImageCopyTarget;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of the freestyle step that says into which regions the image is copied. */
public abstract class CopyingBuilder extends RetainingBuilder {
    /** Null if there is none. */
    private List<ImageCopyTarget> copyTo;

    private String copyFailure = ImageParameters.DEFAULT_COPY_FAILURE;

    public List<ImageCopyTarget> getCopyTo() {
        return CloudSettings.list(copyTo);
    }

    @DataBoundSetter
    public void setCopyTo(@CheckForNull List<ImageCopyTarget> copyTo) {
        this.copyTo = CloudSettings.keep(copyTo);
    }

    public String getCopyFailure() {
        return ImageParameters.choiceOrDefault(copyFailure, ImageParameters.DEFAULT_COPY_FAILURE);
    }

    @DataBoundSetter
    public void setCopyFailure(@CheckForNull String copyFailure) {
        this.copyFailure = ImageParameters.choiceOrDefault(copyFailure, ImageParameters.DEFAULT_COPY_FAILURE);
    }
}

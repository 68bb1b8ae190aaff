package io.jenkins.plugins.cloudimage.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.tasks.Builder;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import io.jenkins.plugins.cloudimage.run.RetentionParameters;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of the freestyle step that says which older images of the job are retired. */
public abstract class RetainingBuilder extends Builder implements RetentionParameters {
    private Integer keep;
    private Integer keepDays;
    private String retain = RETIRE_BY_DELETION;
    private boolean acceptUnseenUse;

    @Override
    @CheckForNull
    public Integer getKeep() {
        return keep;
    }

    @DataBoundSetter
    public void setKeep(@CheckForNull Integer keep) {
        this.keep = keep;
    }

    @Override
    @CheckForNull
    public Integer getKeepDays() {
        return keepDays;
    }

    @DataBoundSetter
    public void setKeepDays(@CheckForNull Integer keepDays) {
        this.keepDays = keepDays;
    }

    @Override
    public String getRetain() {
        return ImageParameters.choiceOrDefault(retain, RETIRE_BY_DELETION);
    }

    @DataBoundSetter
    public void setRetain(@CheckForNull String retain) {
        this.retain = ImageParameters.choiceOrDefault(retain, RETIRE_BY_DELETION);
    }

    @Override
    public boolean isAcceptUnseenUse() {
        return acceptUnseenUse;
    }

    @DataBoundSetter
    public void setAcceptUnseenUse(boolean acceptUnseenUse) {
        this.acceptUnseenUse = acceptUnseenUse;
    }
}

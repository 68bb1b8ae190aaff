package io.jenkins.plugins.cloudimage.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.cloud.FieldCheck;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import io.jenkins.plugins.cloudimage.run.RetentionParameters;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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

    /** The form of this part. */
    public abstract static class RetentionFields extends BuildStepDescriptor<Builder> {

        /** Offers what may happen to older images. */
        @POST
        public ListBoxModel doFillRetainItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.RetainingBuilder_delete(), RETIRE_BY_DELETION);
            items.add(Messages.RetainingBuilder_dryRun(), RETIRE_NOTHING);
            return items;
        }

        /** Checks how many images stay. */
        @POST
        public FormValidation doCheckKeep(@QueryParameter String value) {
            return number(value);
        }

        /** Checks how long images stay. */
        @POST
        public FormValidation doCheckKeepDays(@QueryParameter String value) {
            return number(value);
        }

        private static FormValidation number(String value) {
            return value.isBlank() ? FormValidation.ok() : FormValidation.validatePositiveInteger(value.strip());
        }

        /** Checks that older images are only deleted if the user knows what the clouds do not tell. */
        @POST
        public FormValidation doCheckAcceptUnseenUse(
                @QueryParameter boolean value,
                @QueryParameter String keep,
                @QueryParameter String keepDays,
                @QueryParameter String retain) {
            Rules rules = new Rules();
            new Given(given(keep), given(keepDays), retain, value).retention(rules);
            return new FieldCheck("acceptUnseenUse", null).by(rules.problems());
        }

        /** A number that is no number is told beside its own field. */
        @CheckForNull
        private static Integer given(@CheckForNull String number) {
            return number == null || number.isBlank() ? null : 1;
        }
    }

    private record Given(
            @CheckForNull Integer getKeep,
            @CheckForNull Integer getKeepDays,
            String getRetain,
            boolean isAcceptUnseenUse)
            implements RetentionParameters {}
}

package io.jenkins.plugins.cloudimage.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.cloud.FieldCheck;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import io.jenkins.plugins.cloudimage.run.RetentionParameters;
import java.util.stream.Collectors;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The fields of the form that say which older images of the job are retired. */
public abstract class RetentionDescriptor extends BuildStepDescriptor<Builder> {

    /** Offers what may happen to older images. */
    @POST
    public ListBoxModel doFillRetainItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.RetentionDescriptor_delete(), RetentionParameters.RETIRE_BY_DELETION);
        items.add(Messages.RetentionDescriptor_dryRun(), RetentionParameters.RETIRE_NOTHING);
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

    /** Tells where the use of older images cannot be seen, which the user has to accept. */
    @POST
    public FormValidation doCheckAcceptUnseenUse(
            @QueryParameter boolean value,
            @QueryParameter String keep,
            @QueryParameter String keepDays,
            @QueryParameter String retain) {
        Rules rules = new Rules();
        Retention rule = new Given(given(keep), given(keepDays), retain, value).retention(rules, null);
        return rule != null && rule.comparesTemplates() && !rule.dryRun()
                ? FormValidation.warning(Messages.RetentionDescriptor_compared(comparing()))
                : new FieldCheck("acceptUnseenUse", null).by(rules.problems());
    }

    /** The names of the clouds whose launch templates and scaling configurations are listed. */
    private static String comparing() {
        return JenkinsClouds.get().all().stream()
                .filter(provider -> provider.templates().isPresent())
                .map(CloudProvider::displayName)
                .collect(Collectors.joining(", "));
    }

    /** A number that is no number is told beside its own field. */
    @CheckForNull
    private static Integer given(@CheckForNull String number) {
        return number == null || number.isBlank() ? null : 1;
    }

    private record Given(
            @CheckForNull Integer getKeep,
            @CheckForNull Integer getKeepDays,
            String getRetain,
            boolean isAcceptUnseenUse)
            implements RetentionParameters {}
}

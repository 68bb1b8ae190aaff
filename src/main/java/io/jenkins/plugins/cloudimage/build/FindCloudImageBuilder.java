package io.jenkins.plugins.cloudimage.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Item;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.CloudSettingsDescriptor;
import io.jenkins.plugins.cloudimage.core.TagFilter;
import io.jenkins.plugins.cloudimage.core.creation.ImageSearch;
import io.jenkins.plugins.cloudimage.credentials.CredentialsField;
import io.jenkins.plugins.cloudimage.run.FoundImage;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import io.jenkins.plugins.cloudimage.run.ImageSearches;
import io.jenkins.plugins.cloudimage.run.SearchParameters;
import io.jenkins.plugins.cloudimage.run.SearchPlan;
import io.jenkins.plugins.cloudimage.run.VariableName;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The freestyle step that finds an image. It keeps its executor for as long as the search takes. */
public class FindCloudImageBuilder extends Builder implements SearchParameters {
    private final CloudSettings cloud;
    private final String credentialsId;
    private String namePrefix;
    private String imageFamily;
    private String tag;
    private String job;
    private String variable = ImageParameters.DEFAULT_VARIABLE;
    private boolean failIfNone = true;

    @DataBoundConstructor
    public FindCloudImageBuilder(CloudSettings cloud, String credentialsId) {
        this.cloud = cloud;
        this.credentialsId = credentialsId;
    }

    @Override
    public CloudSettings getCloud() {
        return cloud;
    }

    @Override
    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    @CheckForNull
    public String getNamePrefix() {
        return namePrefix;
    }

    @DataBoundSetter
    public void setNamePrefix(@CheckForNull String namePrefix) {
        this.namePrefix = Util.fixEmptyAndTrim(namePrefix);
    }

    @Override
    @CheckForNull
    public String getImageFamily() {
        return imageFamily;
    }

    @DataBoundSetter
    public void setImageFamily(@CheckForNull String imageFamily) {
        this.imageFamily = Util.fixEmptyAndTrim(imageFamily);
    }

    @Override
    @CheckForNull
    public String getTag() {
        return tag;
    }

    @DataBoundSetter
    public void setTag(@CheckForNull String tag) {
        this.tag = Util.fixEmptyAndTrim(tag);
    }

    @Override
    @CheckForNull
    public String getJob() {
        return job;
    }

    @DataBoundSetter
    public void setJob(@CheckForNull String job) {
        this.job = Util.fixEmptyAndTrim(job);
    }

    @Override
    public String getVariable() {
        return ImageParameters.variableOrDefault(variable);
    }

    @DataBoundSetter
    public void setVariable(@CheckForNull String variable) {
        this.variable = ImageParameters.variableOrDefault(variable);
    }

    @Override
    public boolean isFailIfNone() {
        return failIfNone;
    }

    @DataBoundSetter
    public void setFailIfNone(boolean failIfNone) {
        this.failIfNone = failIfNone;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = build.getEnvironment(listener);
        // A matrix build's axes are not in its environment.
        variables.overrideAll(build.getBuildVariables());
        SearchPlan plan =
                SearchPlan.of(this, request -> VariableExpansion.expand(request, variables::expand), variables::expand);
        End end = new End();
        ImageSearch search = ImageSearches.begin(build, plan, Jenkins.getAuthentication2(), listener, end);
        try {
            end.image.get();
        } catch (InterruptedException e) {
            search.cancel();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
        return true;
    }

    private static final class End implements ImageSearches.Listener {
        private final CompletableFuture<FoundImage> image = new CompletableFuture<>();

        @Override
        public void found(@CheckForNull FoundImage newest) {
            image.complete(newest);
        }

        @Override
        public void failed(Exception why) {
            image.completeExceptionally(why);
        }
    }

    /** The form, of the freestyle step and of the pipeline step. */
    @Extension
    @Symbol("findCloudImage")
    public static class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public String getDisplayName() {
            return Messages.FindCloudImageBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }

        /** The forms of the clouds, in the order of the drop-down list. */
        public List<CloudSettingsDescriptor> getCloudForms() {
            return CloudSettingsDescriptor.all();
        }

        /** The id of the cloud whose fields the form shows: in a new form, those of the first cloud. */
        public String chosenCloud(@CheckForNull CloudSettings cloud) {
            CloudSettingsDescriptor chosen = cloud == null ? getCloudForms().get(0) : cloud.getDescriptor();
            return chosen.provider().id();
        }

        /** The ids of the clouds in the order of the drop-down list, separated by spaces. */
        public String getClouds() {
            return getCloudForms().stream()
                    .map(descriptor -> descriptor.provider().id())
                    .collect(Collectors.joining(" "));
        }

        /** Offers the credentials that the job may use; only the present value to those who may not see them. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialsField.items(item, credentialsId);
        }

        /** Checks the credential without using it; tells nothing to those who may not see credentials. */
        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.check(item, value);
        }

        /** Checks that there is a criterion. */
        @POST
        public FormValidation doCheckNamePrefix(
                @QueryParameter String value,
                @QueryParameter String imageFamily,
                @QueryParameter String tag,
                @QueryParameter String job) {
            return (value + imageFamily + tag + job).isBlank()
                    ? FormValidation.error(Messages.FindCloudImageBuilder_noCriterion())
                    : FormValidation.ok();
        }

        /** Checks that the chosen cloud has image families. */
        @POST
        public FormValidation doCheckImageFamily(@QueryParameter String value, @QueryParameter String chosenCloud) {
            return check(chosenCloud, Util.fixEmptyAndTrim(value), null);
        }

        /** Checks that the images of the chosen cloud have tags. */
        @POST
        public FormValidation doCheckTag(@QueryParameter String value, @QueryParameter String chosenCloud) {
            String tag = Util.fixEmptyAndTrim(value);
            return check(chosenCloud, null, tag == null ? null : TagFilter.of(tag));
        }

        private static FormValidation check(
                String chosenCloud, @CheckForNull String imageFamily, @CheckForNull TagFilter tag) {
            return CloudSettingsDescriptor.of(chosenCloud)
                    .map(cloud -> SearchPlan.problem(cloud.provider(), imageFamily, tag))
                    .map(FormValidation::error)
                    .orElse(FormValidation.ok());
        }

        /** Checks the variable's name. */
        @POST
        public FormValidation doCheckVariable(@QueryParameter String value) {
            String problem = VariableName.problem(ImageParameters.variableOrDefault(value));
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }
    }
}

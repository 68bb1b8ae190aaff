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
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.credentials.CredentialsField;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.DeletionParameters;
import io.jenkins.plugins.cloudimage.run.DeletionPlan;
import io.jenkins.plugins.cloudimage.run.ImageDeletions;
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

/** The freestyle step that deletes an image. It keeps its executor until the image is gone. */
public class DeleteCloudImageBuilder extends Builder implements DeletionParameters {
    private final CloudSettings cloud;
    private final String credentialsId;
    private final String imageId;
    private String job;
    private boolean notOurs;
    private boolean force;

    @DataBoundConstructor
    public DeleteCloudImageBuilder(CloudSettings cloud, String credentialsId, String imageId) {
        this.cloud = cloud;
        this.credentialsId = credentialsId;
        this.imageId = imageId;
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
    public String getImageId() {
        return imageId;
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
    public boolean isNotOurs() {
        return notOurs;
    }

    @DataBoundSetter
    public void setNotOurs(boolean notOurs) {
        this.notOurs = notOurs;
    }

    @Override
    public boolean isForce() {
        return force;
    }

    @DataBoundSetter
    public void setForce(boolean force) {
        this.force = force;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = build.getEnvironment(listener);
        // A matrix build's axes are not in its environment.
        variables.overrideAll(build.getBuildVariables());
        DeletionPlan plan = DeletionPlan.of(
                this, request -> VariableExpansion.expand(request, variables::expand), variables::expand);
        Creation planned = ImageDeletions.plan(build, plan, Jenkins.getAuthentication2());
        CompletableFuture<Creation> end = new CompletableFuture<>();
        CreationService.get().runDeletion(planned, build, listener, changed -> {
            if (changed.ended()) {
                end.complete(changed);
            }
        });
        Creation deletion = await(end, planned.key());
        if (deletion.outcome() != Outcome.DELETED) {
            throw CloudImageException.of(deletion);
        }
        return true;
    }

    private static Creation await(CompletableFuture<Creation> end, String key) throws InterruptedException {
        try {
            return end.get();
        } catch (InterruptedException e) {
            CreationService.get().abort(key);
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Nobody completes it with an exception", e);
        }
    }

    /** The form, of the freestyle step and of the pipeline step. */
    @Extension
    @Symbol("deleteCloudImage")
    public static class DescriptorImpl extends BuildStepDescriptor<Builder> {
        @Override
        public String getDisplayName() {
            return Messages.DeleteCloudImageBuilder_displayName();
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

        /** The ids of the clouds that delete images which are in use, separated by spaces; the form offers it there. */
        public String getForcingClouds() {
            return CloudSettingsDescriptor.idsOf(CloudProvider::deletesUsedImages);
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

        /** Checks that it can be the id of an image, or names a variable. */
        @POST
        public FormValidation doCheckImageId(@QueryParameter String value) {
            String id = Util.fixEmptyAndTrim(value);
            if (id == null) {
                return FormValidation.error(Messages.DeleteCloudImageBuilder_noImage());
            }
            String problem = id.contains("$") ? null : DeletionPlan.imageProblem(id);
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        /** Checks that the chosen cloud deletes images which are in use. */
        @POST
        public FormValidation doCheckForce(@QueryParameter boolean value, @QueryParameter String chosenCloud) {
            return CloudSettingsDescriptor.of(chosenCloud)
                    .filter(cloud -> value)
                    .map(cloud -> DeletionPlan.forceProblem(cloud.provider()))
                    .map(FormValidation::error)
                    .orElse(FormValidation.ok());
        }
    }
}

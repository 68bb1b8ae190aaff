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
import hudson.model.Result;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.CloudSettingsDescriptor;
import io.jenkins.plugins.cloudimage.cloud.FieldCheck;
import io.jenkins.plugins.cloudimage.cloud.UserTag;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Rules;
import io.jenkins.plugins.cloudimage.core.SharingLimits;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.credentials.CredentialsField;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import io.jenkins.plugins.cloudimage.run.VariableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * The freestyle step. It keeps its executor while it waits. It is not a {@code SimpleBuildStep}, because
 * pipelines could use it then, without durability.
 */
public class CreateCloudImageBuilder extends CopyingBuilder implements ImageParameters {
    private final CloudSettings cloud;
    private final String credentialsId;
    private final String imageName;
    private String description;
    private List<UserTag> tags;
    private String variable = DEFAULT_VARIABLE;
    private String manifestFormat = CLOUD_IMAGE_MANIFEST;
    private Integer timeoutMinutes;
    private boolean stopInstance;
    private boolean startAfterwards;
    private String onIncomplete = DEFAULT_ON_INCOMPLETE;
    private String ifNameExists = DEFAULT_IF_NAME_EXISTS;
    /** Null if there is none. */
    private List<String> shareWith;

    private boolean dryRun;

    /** Makes a step. */
    @DataBoundConstructor
    public CreateCloudImageBuilder(CloudSettings cloud, String credentialsId, String imageName) {
        this.cloud = cloud;
        this.credentialsId = credentialsId;
        this.imageName = imageName;
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
    public String getImageName() {
        return imageName;
    }

    @Override
    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(@CheckForNull String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    @Override
    public List<UserTag> getTags() {
        return tags == null ? List.of() : List.copyOf(tags);
    }

    @DataBoundSetter
    public void setTags(@CheckForNull List<UserTag> tags) {
        this.tags = tags == null || tags.isEmpty() ? null : new ArrayList<>(tags);
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
    public String getManifestFormat() {
        return ImageParameters.choiceOrDefault(manifestFormat, CLOUD_IMAGE_MANIFEST);
    }

    @DataBoundSetter
    public void setManifestFormat(@CheckForNull String manifestFormat) {
        this.manifestFormat = ImageParameters.choiceOrDefault(manifestFormat, CLOUD_IMAGE_MANIFEST);
    }

    @Override
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(@CheckForNull Integer timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    @Override
    public boolean isStopInstance() {
        return stopInstance;
    }

    @DataBoundSetter
    public void setStopInstance(boolean stopInstance) {
        this.stopInstance = stopInstance;
    }

    @Override
    public boolean isStartAfterwards() {
        return startAfterwards;
    }

    @DataBoundSetter
    public void setStartAfterwards(boolean startAfterwards) {
        this.startAfterwards = startAfterwards;
    }

    @Override
    public String getOnIncomplete() {
        return ImageParameters.choiceOrDefault(onIncomplete, DEFAULT_ON_INCOMPLETE);
    }

    @DataBoundSetter
    public void setOnIncomplete(@CheckForNull String onIncomplete) {
        this.onIncomplete = ImageParameters.choiceOrDefault(onIncomplete, DEFAULT_ON_INCOMPLETE);
    }

    @Override
    public String getIfNameExists() {
        return ImageParameters.choiceOrDefault(ifNameExists, DEFAULT_IF_NAME_EXISTS);
    }

    @DataBoundSetter
    public void setIfNameExists(@CheckForNull String ifNameExists) {
        this.ifNameExists = ImageParameters.choiceOrDefault(ifNameExists, DEFAULT_IF_NAME_EXISTS);
    }

    @Override
    public List<String> getShareWith() {
        return CloudSettings.list(shareWith);
    }

    @DataBoundSetter
    public void setShareWith(@CheckForNull List<String> shareWith) {
        this.shareWith = CloudSettings.keep(CloudSettings.ids(shareWith));
    }

    @Override
    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws InterruptedException, IOException {
        EnvVars variables = build.getEnvironment(listener);
        // A matrix build's axes are not in its environment.
        variables.overrideAll(build.getBuildVariables());
        ImageRequest request = VariableExpansion.expand(request(), variables::expand);
        CreationService service = CreationService.get();
        Creation planned = service.plan(build, this, request, variables, variables::expand);
        CompletableFuture<Creation> end = new CompletableFuture<>();
        service.run(planned, build, this, variables, listener, changed -> {
            if (changed.ended() && !changed.awaitsJudgement()) {
                end.complete(changed);
            }
        });
        Creation creation = await(end, planned.key());
        Outcome outcome = creation.outcome();
        if (outcome != Outcome.READY && outcome != Outcome.DRY_RUN_PASSED) {
            throw CloudImageException.of(creation);
        }
        if (creation.lacksCopies()) {
            build.setResult(Result.UNSTABLE);
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
    @Symbol("createCloudImage")
    public static class DescriptorImpl extends CopyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.CreateCloudImageBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public boolean isApplicable(Class<? extends AbstractProject> type) {
            return true;
        }

        /**
         * Which cloud's fields a new form shows: the first.
         *
         * @param cloud the settings, or null in a new form
         * @return the cloud's id, which the form tells the checks of what lies beside the cloud's own fields
         */
        public String chosenCloud(@CheckForNull CloudSettings cloud) {
            CloudSettingsDescriptor chosen =
                    cloud == null ? CloudSettingsDescriptor.all().get(0) : cloud.getDescriptor();
            return chosen.provider().id();
        }

        /**
         * The clouds in the order of the drop-down list.
         *
         * @return their ids, separated by spaces
         */
        public String getClouds() {
            return CloudSettingsDescriptor.all().stream()
                    .map(descriptor -> descriptor.provider().id())
                    .collect(Collectors.joining(" "));
        }

        /**
         * The clouds whose create call takes tags; the form offers them there.
         *
         * @return their ids, separated by spaces
         */
        public String getTaggingClouds() {
            return CloudSettingsDescriptor.idsOf(
                    provider -> provider.capabilities().tags() != null);
        }

        /**
         * The administrator's time-out, which is the default of a job.
         *
         * @return minutes
         */
        public int getDefaultTimeoutMinutes() {
            return CloudImageConfiguration.get().getTimeoutMinutes();
        }

        /**
         * Offers the credentials that the job may use.
         *
         * @param item the job, or null outside of one
         * @return the credentials; only the present value to those who may not see them
         */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialsField.items(item, credentialsId);
        }

        /**
         * Checks the credential without using it.
         *
         * @return whether there is one; nothing to those who may not see credentials
         */
        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.check(item, value);
        }

        /** Checks the image's name by the rules of the chosen cloud. */
        @POST
        public FormValidation doCheckImageName(
                @QueryParameter String value, @QueryParameter String chosenCloud, @QueryParameter boolean inSnippet) {
            if (inSnippet && value.contains("${")) {
                return FormValidation.warning(Messages.CreateCloudImageBuilder_singleQuotes("${env.BUILD_NUMBER}"));
            }
            return CloudSettingsDescriptor.of(chosenCloud)
                    .map(cloud -> cloud.checkImageName(value))
                    .orElse(FormValidation.ok());
        }

        /** Checks the image's description by the rules of the chosen cloud. */
        @POST
        public FormValidation doCheckDescription(@QueryParameter String value, @QueryParameter String chosenCloud) {
            return CloudSettingsDescriptor.of(chosenCloud)
                    .map(cloud -> cloud.checkDescription(value))
                    .orElse(FormValidation.ok());
        }

        /**
         * Shows accounts in the form.
         *
         * @return one on each line
         */
        public String lines(@CheckForNull List<String> accounts) {
            return accounts == null ? "" : String.join("\n", accounts);
        }

        /** Checks the accounts by the rules of the chosen cloud. */
        @POST
        public FormValidation doCheckShareWith(@QueryParameter String value, @QueryParameter String chosenCloud) {
            return CloudSettingsDescriptor.of(chosenCloud)
                    .map(cloud -> cloud.provider().capabilities().sharing())
                    .map(limits -> limits.check(new Rules(), CloudSettings.ids(List.of(Util.fixNull(value)))))
                    .map(rules -> new FieldCheck(SharingLimits.FIELD, value).by(rules.problems()))
                    .orElse(FormValidation.ok());
        }

        /**
         * Tells the user if the chosen cloud requires a stopped instance.
         *
         * @param value whether the step does that
         * @return never an error, because the instance may be stopped before the build
         */
        @POST
        public FormValidation doCheckStopInstance(@QueryParameter boolean value, @QueryParameter String chosenCloud) {
            return CloudSettingsDescriptor.of(chosenCloud)
                    .map(CloudSettingsDescriptor::provider)
                    .filter(cloud -> !value && cloud.capabilities().stoppedSource())
                    .map(cloud -> FormValidation.ok(Messages.CreateCloudImageBuilder_wantsStopped(cloud.displayName())))
                    .orElse(FormValidation.ok());
        }

        /** Checks that an instance is started only if the step has stopped it. */
        @POST
        public FormValidation doCheckStartAfterwards(
                @QueryParameter boolean value, @QueryParameter boolean stopInstance) {
            return value && !stopInstance
                    ? FormValidation.error(Messages.CreateCloudImageBuilder_startWithoutStop())
                    : FormValidation.ok();
        }

        /** Checks the variable's name. */
        @POST
        public FormValidation doCheckVariable(@QueryParameter String value) {
            String problem = VariableName.problem(ImageParameters.variableOrDefault(value));
            return problem == null ? FormValidation.ok() : FormValidation.error(problem);
        }

        /** Offers the formats of the manifest. */
        @POST
        public ListBoxModel doFillManifestFormatItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.CreateCloudImageBuilder_cloudImageManifest(), CLOUD_IMAGE_MANIFEST);
            items.add(Messages.CreateCloudImageBuilder_packerManifest(), PACKER_MANIFEST);
            return items;
        }

        /** Offers what may become of an incomplete image. */
        @POST
        public ListBoxModel doFillOnIncompleteItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.CreateCloudImageBuilder_keep(), "keep");
            items.add(Messages.CreateCloudImageBuilder_delete(), "delete");
            return items;
        }

        /** Offers what may be done about a taken name. */
        @POST
        public ListBoxModel doFillIfNameExistsItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.CreateCloudImageBuilder_fail(), "fail");
            items.add(Messages.CreateCloudImageBuilder_reuse(), "reuse");
            items.add(Messages.CreateCloudImageBuilder_suffix(), "suffix");
            return items;
        }

        /**
         * Checks the time-out.
         *
         * @return whether it is a number of minutes
         */
        @POST
        public FormValidation doCheckTimeoutMinutes(@QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : FormValidation.validatePositiveInteger(value);
        }
    }
}

package io.jenkins.plugins.cloudimage.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.build.CreateCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.Flags;
import io.jenkins.plugins.cloudimage.cloud.ImageCopyTarget;
import io.jenkins.plugins.cloudimage.cloud.UserTag;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The pipeline step {@code createCloudImage}. The script expands its variables. Serializable, because a controller that
 * is killed right after the start of the step needs the parameters to start it again.
 */
public final class CreateCloudImageStep extends Step implements ImageParameters, Serializable {
    private static final long serialVersionUID = 1L;

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
    private List<ImageCopyTarget> copyTo;

    private String copyFailure = DEFAULT_COPY_FAILURE;
    /** Null if there is none. */
    private List<String> shareWith;

    private boolean dryRun;
    private Integer keep;
    private Integer keepDays;
    private String retain = RETIRE_BY_DELETION;
    private boolean acceptUnseenUse;

    /** Makes a step. */
    @DataBoundConstructor
    public CreateCloudImageStep(CloudSettings cloud, String credentialsId, String imageName) {
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
        return variable;
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
        return onIncomplete;
    }

    @DataBoundSetter
    public void setOnIncomplete(@CheckForNull String onIncomplete) {
        this.onIncomplete = ImageParameters.choiceOrDefault(onIncomplete, DEFAULT_ON_INCOMPLETE);
    }

    @Override
    public String getIfNameExists() {
        return ifNameExists;
    }

    @DataBoundSetter
    public void setIfNameExists(@CheckForNull String ifNameExists) {
        this.ifNameExists = ImageParameters.choiceOrDefault(ifNameExists, DEFAULT_IF_NAME_EXISTS);
    }

    @Override
    public List<ImageCopyTarget> getCopyTo() {
        return CloudSettings.list(copyTo);
    }

    @DataBoundSetter
    public void setCopyTo(@CheckForNull List<ImageCopyTarget> copyTo) {
        this.copyTo = CloudSettings.keep(copyTo);
    }

    @Override
    public String getCopyFailure() {
        return ImageParameters.choiceOrDefault(copyFailure, DEFAULT_COPY_FAILURE);
    }

    @DataBoundSetter
    public void setCopyFailure(@CheckForNull String copyFailure) {
        this.copyFailure = ImageParameters.choiceOrDefault(copyFailure, DEFAULT_COPY_FAILURE);
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

    @Override
    public StepExecution start(StepContext context) {
        return new CreateCloudImageExecution(context, this);
    }

    /** Describes the step. Its form and help are the freestyle step's. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        /** Takes the help of every field from the freestyle step. */
        public DescriptorImpl() {
            for (String field : ImageParameters.FIELDS) {
                addHelpFileRedirect(field, CreateCloudImageBuilder.class, field);
            }
        }

        @Override
        public String getFunctionName() {
            return "createCloudImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.CreateCloudImageStep_displayName();
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Flags.understand(
                    CreateCloudImageStep.class, ImageCopyTarget.understand(UserTag.understand(arguments)));
        }

        @Override
        public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable step) {
            return UserTag.asMap(step);
        }

        /** Neither workspace nor agent: the calls leave from the controller. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /**
         * Whose checks and drop-downs the form uses.
         *
         * @return the freestyle step's
         */
        public Descriptor<?> getFormDescriptor() {
            return Jenkins.get().getDescriptorOrDie(CreateCloudImageBuilder.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return Objects.toString(arguments.get("imageName"), null);
        }
    }
}

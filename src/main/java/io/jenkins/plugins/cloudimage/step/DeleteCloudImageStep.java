package io.jenkins.plugins.cloudimage.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.build.DeleteCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.Flags;
import io.jenkins.plugins.cloudimage.run.DeletionParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The pipeline step {@code deleteCloudImage}. Serializable, because it may be resumed before its deletion is planned. */
public final class DeleteCloudImageStep extends Step implements DeletionParameters, Serializable {
    private static final long serialVersionUID = 1L;

    private final CloudSettings cloud;
    private final String credentialsId;
    private final String imageId;
    private String job;
    private boolean notOurs;
    private boolean force;

    @DataBoundConstructor
    public DeleteCloudImageStep(CloudSettings cloud, String credentialsId, String imageId) {
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
    public StepExecution start(StepContext context) {
        return new DeleteCloudImageExecution(context, this);
    }

    /** Describes the step. Its form and help are the freestyle step's. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        /** Takes the help of every field from the freestyle step. */
        public DescriptorImpl() {
            for (String field : DeletionParameters.FIELDS) {
                addHelpFileRedirect(field, DeleteCloudImageBuilder.class, field);
            }
        }

        @Override
        public String getFunctionName() {
            return "deleteCloudImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.DeleteCloudImageStep_displayName();
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Flags.understand(DeleteCloudImageStep.class, arguments);
        }

        /** Neither workspace nor agent: the calls leave from the controller. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** The freestyle step's, whose checks and drop-downs the form uses. */
        public Descriptor<?> getFormDescriptor() {
            return Jenkins.get().getDescriptorOrDie(DeleteCloudImageBuilder.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object image = arguments.get("imageId");
            return image == null ? null : image.toString();
        }
    }
}

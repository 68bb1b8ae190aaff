package io.jenkins.plugins.cloudimage.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.build.FindCloudImageBuilder;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.cloud.Flags;
import io.jenkins.plugins.cloudimage.run.ImageParameters;
import io.jenkins.plugins.cloudimage.run.SearchParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The pipeline step {@code findCloudImage}. Serializable, because it begins again after a restart. */
public final class FindCloudImageStep extends Step implements SearchParameters, Serializable {
    private static final long serialVersionUID = 1L;

    private final CloudSettings cloud;
    private final String credentialsId;
    private String namePrefix;
    private String imageFamily;
    private String tag;
    private String job;
    private String variable = ImageParameters.DEFAULT_VARIABLE;
    private boolean failIfNone = true;

    @DataBoundConstructor
    public FindCloudImageStep(CloudSettings cloud, String credentialsId) {
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
    public StepExecution start(StepContext context) {
        return new FindCloudImageExecution(context, this);
    }

    /** Describes the step. Its form and help are the freestyle step's. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        /** Takes the help of every field from the freestyle step. */
        public DescriptorImpl() {
            for (String field : SearchParameters.FIELDS) {
                addHelpFileRedirect(field, FindCloudImageBuilder.class, field);
            }
        }

        @Override
        public String getFunctionName() {
            return "findCloudImage";
        }

        @Override
        public String getDisplayName() {
            return Messages.FindCloudImageStep_displayName();
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Flags.understand(FindCloudImageStep.class, arguments);
        }

        /** Neither workspace nor agent: the calls leave from the controller. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** The freestyle step's, whose checks and drop-downs the form uses. */
        public Descriptor<?> getFormDescriptor() {
            return Jenkins.get().getDescriptorOrDie(FindCloudImageBuilder.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return Stream.of("imageFamily", "namePrefix", "tag", "job")
                    .map(arguments::get)
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .findFirst()
                    .orElse(null);
        }
    }
}

package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import org.jenkinsci.plugins.workflow.flow.FlowCopier;

/** Copies the images of earlier stages to a build that is restarted from a stage. */
@Extension(optional = true)
public final class RestartedStages extends FlowCopier.ByRun {

    @Override
    public void copy(Run<?, ?> original, Run<?, ?> copy, TaskListener listener) {
        CloudImageAction action = original.getAction(CloudImageAction.class);
        if (action != null) {
            copy.addAction(action.inherited());
        }
    }
}

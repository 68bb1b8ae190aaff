package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.cps.EnvActionImpl;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.flow.GraphListener;
import org.jenkinsci.plugins.workflow.graph.FlowEndNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

/**
 * Sets the variables of a pipeline's images as {@code env.X = } does, because the {@code build} step of an upstream job
 * returns only such variables. This runs in the pipeline's own thread, before the next step, or when the build is
 * complete.
 */
@Extension(optional = true)
public final class PipelineVariables extends RunListener<Run<?, ?>> implements GraphListener.Synchronous {
    private static final Logger LOGGER = Logger.getLogger(PipelineVariables.class.getName());

    /**
     * The end is handled by {@link #onCompleted}: here, it is reported under the lock of the execution. Saving a build
     * takes the lock of the build first and then that of the execution, so taking them in the other order would
     * deadlock.
     */
    @Override
    public void onNewHead(FlowNode node) {
        try {
            if (!(node instanceof FlowEndNode)
                    && node.getExecution().getOwner().getExecutable() instanceof Run<?, ?> run) {
                set(run);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot set the variables of the images of " + node);
        }
    }

    @Override
    public void onCompleted(Run<?, ?> run, TaskListener listener) {
        if (run instanceof FlowExecutionOwner.Executable) {
            set(run);
        }
    }

    private static void set(Run<?, ?> run) {
        CloudImageAction action = run.getAction(CloudImageAction.class);
        if (action == null) {
            return;
        }
        try {
            set(EnvActionImpl.forRun(run), action);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot set the variables of the images of " + run);
        }
    }

    /** A value that the script has set is kept. */
    private static void set(EnvActionImpl variables, CloudImageAction action) {
        Map<String, String> present = variables.getOverriddenEnvironment();
        action.variables().forEach((name, id) -> {
            String value = present.get(name);
            if (value == null || !value.equals(id) && action.isImage(value)) {
                variables.setProperty(name, id);
            }
        });
    }
}

package io.jenkins.plugins.cloudimage.run;

import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.OneLine;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import java.io.UncheckedIOException;

/**
 * Reports a change to the log, to the build and to the step, in this order. The step gets its image even if the build
 * cannot be written; the engine repeats the notification until the build is up to date.
 */
final class StepListener implements CreationEngine.Listener {
    private final ProgressLog lines;
    private final CreationEngine.Listener build;
    private final CreationEngine.Listener step;
    private final TaskListener log;
    private boolean complained;

    StepListener(ProgressLog lines, CreationEngine.Listener build, CreationEngine.Listener step, TaskListener log) {
        this.lines = lines;
        this.build = build;
        this.step = step;
        this.log = log;
    }

    @Override
    public void changed(Creation creation) {
        lines.changed(creation);
        try {
            build.changed(creation);
        } catch (UncheckedIOException e) {
            complain(e);
            throw e;
        } finally {
            step.changed(creation);
        }
    }

    private void complain(UncheckedIOException e) {
        if (!complained) {
            complained = true;
            log.error(
                    OneLine.of(Messages.CreationService_notWritten(e.getCause().getMessage())));
        }
    }
}

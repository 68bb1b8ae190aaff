package io.jenkins.plugins.cloudimage.step;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.DeletionPlan;
import io.jenkins.plugins.cloudimage.run.ImageDeletions;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Deletes an image. The deletion itself is in the ledger; once it has begun, an abort does not end it. */
final class DeleteCloudImageExecution extends RecordExecution {
    private static final long serialVersionUID = 1L;

    private final DeleteCloudImageStep step;

    DeleteCloudImageExecution(StepContext context, DeleteCloudImageStep step) {
        super(context);
        this.step = step;
    }

    @Override
    Creation plan() throws IOException, InterruptedException {
        return ImageDeletions.plan(
                getContext().get(Run.class),
                DeletionPlan.of(step, UnaryOperator.identity(), UnaryOperator.identity()),
                Objects.requireNonNull(getContext().get(FlowExecution.class)).getAuthentication2());
    }

    @Override
    void run(Creation deletion, CreationEngine.Listener listener) throws IOException, InterruptedException {
        CreationService.get()
                .runDeletion(deletion, getContext().get(Run.class), getContext().get(TaskListener.class), listener);
    }

    @Override
    String status(Creation deletion) {
        return (deletion.phase() == Phase.CHECKING ? "checking " : "deleting ") + deletion.imageId();
    }

    @Override
    void end(Creation deletion) {
        if (deletion.outcome() == Outcome.DELETED) {
            getContext().onSuccess(null);
        } else {
            getContext().onFailure(CloudImageException.of(deletion));
        }
    }
}

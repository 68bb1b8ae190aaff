package io.jenkins.plugins.cloudimage.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.retention.Retention;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Creates an image. The creation itself is in the ledger. */
final class CreateCloudImageExecution extends RecordExecution {
    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(CreateCloudImageExecution.class.getName());

    private final CreateCloudImageStep step;

    CreateCloudImageExecution(StepContext context, CreateCloudImageStep step) {
        super(context);
        this.step = step;
    }

    @Override
    Creation plan() throws IOException, InterruptedException {
        return CreationService.get()
                .plan(
                        getContext().get(Run.class),
                        step,
                        step.request(),
                        getContext().get(EnvVars.class),
                        UnaryOperator.identity());
    }

    @Override
    void run(Creation creation, CreationEngine.Listener listener) throws IOException, InterruptedException {
        CreationService.get()
                .run(
                        creation,
                        getContext().get(Run.class),
                        step,
                        getContext().get(EnvVars.class),
                        getContext().get(TaskListener.class),
                        listener);
    }

    @Override
    String status(Creation creation) {
        return switch (creation.phase()) {
            case PLANNED -> "planned";
            case PREPARING -> "preparing instance " + creation.request().instanceId();
            case SUBMITTING -> creation.submission().inDoubt() ? "finding image" : "creating image";
            case LOCATING -> "finding image";
            case BUILDING -> "waiting for " + creation.imageId() + state(creation.image());
            case COPYING -> "copying " + creation.imageId();
            case COPIED -> "copied";
            case SHARING -> "sharing " + creation.imageId();
            case CHECKING, DELETING -> throw new IllegalStateException("This step deletes nothing");
            case CLEANING_UP -> "cleaning up";
            case DONE -> "done";
        };
    }

    private static String state(@CheckForNull ImageStatus image) {
        return image == null || image.cloudState() == null ? "" : ", " + image.cloudState();
    }

    /** A label that cannot be written must not fail the image. */
    @Override
    void progressed(Creation creation) {
        if (creation.imageId() == null) {
            return;
        }
        try {
            FlowNode node = getContext().get(FlowNode.class);
            if (node != null) {
                ImageLabel.put(node, creation);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot label the step of the image " + creation.imageId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With a dry run of the retention, the step also waits until its log says which images would be deleted. */
    @Override
    boolean isOver(Creation creation) {
        Retention retention = creation.options().retention();
        return creation.ended() && !(retention != null && retention.dryRun() && creation.awaitsJudgement());
    }

    @Override
    void end(Creation creation) {
        switch (Objects.requireNonNull(creation.outcome())) {
            case READY, DRY_RUN_PASSED -> {
                if (creation.lacksCopies()) {
                    unstable(creation.imageId());
                }
                getContext()
                        .onSuccess(new CreatedImage(
                                creation,
                                JenkinsClouds.get().of(creation.request()).id()));
            }
            default -> getContext().onFailure(CloudImageException.of(creation));
        }
    }

    /** As the step {@code unstable} does it; the log says which copy is missing. */
    private void unstable(String imageId) {
        try {
            getContext().get(Run.class).setResult(Result.UNSTABLE);
            FlowNode node = getContext().get(FlowNode.class);
            if (node != null) {
                node.addOrReplaceAction(new WarningAction(Result.UNSTABLE)
                        .withMessage(Messages.CreateCloudImageExecution_copyMissing()));
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot mark the build of the image " + imageId + " as unstable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

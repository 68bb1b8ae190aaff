package io.jenkins.plugins.cloudimage.step;

import com.google.common.util.concurrent.ListenableFuture;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One run of the step. It saves the key of its creation and nothing else that changes; the creation itself is in the
 * ledger. It holds no thread while it waits, and resumes after a restart.
 */
final class CreateCloudImageExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(CreateCloudImageExecution.class.getName());

    private final CreateCloudImageStep step;
    /** Null until the creation is planned. Nothing is sent before. */
    private volatile String key;

    private transient volatile String status;
    /** Whether the step has ended, by its outcome or by an abort. */
    private transient volatile boolean stopped;

    CreateCloudImageExecution(StepContext context, CreateCloudImageStep step) {
        super(context);
        this.step = step;
    }

    /** Returns the thread of the pipeline at once, because planning writes a file and looks up a credential. */
    @Override
    public boolean start() {
        CreationService.get().workers().execute(() -> attempt(this::plan));
        return false;
    }

    @Override
    public void onResume() {
        CreationService.get().workers().execute(() -> attempt(key == null ? this::plan : this::resume));
    }

    /**
     * Ends the step now. A create call in progress finishes in the background, and its image is shown on the build's
     * page.
     */
    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = true;
        if (key != null) {
            CreationService.get().abort(key);
        }
        super.stop(cause);
    }

    @Override
    public String getStatus() {
        return status == null ? "planning" : status;
    }

    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private void attempt(Attempt work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            getContext().onFailure(e);
        }
    }

    /**
     * Saves the plan, then the pipeline, and only then makes the first call. If the controller were killed
     * before the pipeline knows the key, the step would start again with a second creation.
     */
    private void plan() throws IOException, InterruptedException {
        Creation creation = CreationService.get()
                .plan(
                        getContext().get(Run.class),
                        step,
                        step.request(),
                        getContext().get(EnvVars.class),
                        UnaryOperator.identity());
        key = creation.key();
        ListenableFuture<Void> saved = getContext().saveState();
        saved.addListener(
                () -> attempt(() -> {
                    try {
                        saved.get();
                    } catch (ExecutionException e) {
                        throw new IOException(Messages.CreateCloudImageExecution_notSaved(), e.getCause());
                    }
                    go(creation);
                }),
                CreationService.get().workers());
    }

    private void resume() throws IOException, InterruptedException {
        go(CreationService.get().load(key, getContext().get(Run.class)));
    }

    private void go(Creation creation) throws IOException, InterruptedException {
        CreationService service = CreationService.get();
        service.run(
                creation,
                getContext().get(Run.class),
                step,
                getContext().get(EnvVars.class),
                getContext().get(TaskListener.class),
                this::changed);
        if (stopped) {
            // The abort came before the engine knew the creation, which after a restart may have sent a create.
            service.abort(creation.key());
        }
    }

    /** A thread dump is not translated. */
    private static String status(Creation creation) {
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
    private void label(Creation creation) {
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

    /** Whether all that the user wants of the retention is in the log. */
    private static boolean isDryRun(Creation creation) {
        return creation.options().retention() != null
                && creation.options().retention().dryRun();
    }

    /** As the step {@code unstable} does it; the log says which copy is missing. */
    private void unstable() {
        try {
            getContext().get(Run.class).setResult(Result.UNSTABLE);
            FlowNode node = getContext().get(FlowNode.class);
            if (node != null) {
                node.addOrReplaceAction(new WarningAction(Result.UNSTABLE)
                        .withMessage(Messages.CreateCloudImageExecution_copyMissing()));
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot mark the build of the image " + key + " as unstable");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(Creation creation) {
        status = status(creation);
        if (creation.imageId() != null && !stopped) {
            label(creation);
        }
        if (!creation.ended() || isDryRun(creation) && creation.awaitsJudgement() || stopped) {
            return;
        }
        // The cleanup after the step is reported to the build's page, not to the step.
        stopped = true;
        switch (Objects.requireNonNull(creation.outcome())) {
            case READY, DRY_RUN_PASSED -> {
                if (creation.lacksCopies()) {
                    unstable();
                }
                getContext()
                        .onSuccess(new CreatedImage(
                                creation,
                                JenkinsClouds.get().of(creation.request()).id()));
            }
            default -> getContext().onFailure(CloudImageException.of(creation));
        }
    }
}

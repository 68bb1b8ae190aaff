package io.jenkins.plugins.cloudimage.step;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.run.CloudImageException;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.DeletionPlan;
import io.jenkins.plugins.cloudimage.run.ImageDeletions;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One run of the step. It saves the key of its deletion and nothing else that changes; the deletion itself is in the
 * ledger. It holds no thread while it waits, and resumes after a restart.
 */
final class DeleteCloudImageExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final DeleteCloudImageStep step;
    /** Null until the deletion is planned. Nothing is sent before. */
    private volatile String key;

    private transient volatile String status;
    /** Whether the step has ended, by its outcome or by an abort. */
    private transient volatile boolean stopped;

    DeleteCloudImageExecution(StepContext context, DeleteCloudImageStep step) {
        super(context);
        this.step = step;
    }

    /** Returns the thread of the pipeline at once, because files are read and written and a credential is looked up. */
    @Override
    public boolean start() {
        CreationService.get().workers().execute(() -> attempt(this::plan));
        return false;
    }

    @Override
    public void onResume() {
        CreationService.get().workers().execute(() -> attempt(key == null ? this::plan : this::resume));
    }

    /** Ends the step now. A deletion that has begun is carried through in the background. */
    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = true;
        if (key != null) {
            CreationService.get().abort(key);
        }
        super.stop(cause);
    }

    /** A thread dump is not translated. */
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

    /** Saves the plan, then the pipeline, and only then makes the first call. */
    private void plan() throws IOException, InterruptedException {
        Creation deletion = ImageDeletions.plan(
                getContext().get(Run.class),
                DeletionPlan.of(step, UnaryOperator.identity(), UnaryOperator.identity()),
                Objects.requireNonNull(getContext().get(FlowExecution.class)).getAuthentication2());
        key = deletion.key();
        ListenableFuture<Void> saved = getContext().saveState();
        saved.addListener(
                () -> attempt(() -> {
                    try {
                        saved.get();
                    } catch (ExecutionException e) {
                        throw new IOException(Messages.CreateCloudImageExecution_notSaved(), e.getCause());
                    }
                    go(deletion);
                }),
                CreationService.get().workers());
    }

    private void resume() throws IOException, InterruptedException {
        go(CreationService.get().load(key, getContext().get(Run.class)));
    }

    private void go(Creation deletion) throws IOException, InterruptedException {
        CreationService service = CreationService.get();
        service.runDeletion(deletion, getContext().get(Run.class), getContext().get(TaskListener.class), this::changed);
        if (stopped) {
            // The abort came before the engine knew the deletion.
            service.abort(deletion.key());
        }
    }

    private void changed(Creation deletion) {
        status = (deletion.phase() == Phase.CHECKING ? "checking " : "deleting ") + deletion.imageId();
        if (!deletion.ended() || stopped) {
            return;
        }
        // The cleanup after the step is reported to the build's page, not to the step.
        stopped = true;
        if (deletion.outcome() == Outcome.DELETED) {
            getContext().onSuccess(null);
        } else {
            getContext().onFailure(CloudImageException.of(deletion));
        }
    }
}

package io.jenkins.plugins.cloudimage.step;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import io.jenkins.plugins.cloudimage.run.CreationService;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One run of a step that waits until a record of the ledger has ended. It saves the key of the record and nothing else
 * that changes. It holds no thread while it waits, and resumes after a restart.
 */
abstract class RecordExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    /** Null until the record is planned. Nothing is sent before. */
    private volatile String key;

    private transient volatile String status;
    /** Whether the step has ended, by its outcome or by an abort. */
    private transient volatile boolean stopped;

    RecordExecution(StepContext context) {
        super(context);
    }

    /** Checks the parameters and saves a record. Sends nothing. */
    abstract Creation plan() throws IOException, InterruptedException;

    /** Has the engine work on the record. */
    abstract void run(Creation record, CreationEngine.Listener listener) throws IOException, InterruptedException;

    /** What the record is doing, for a thread dump, which is not translated. */
    abstract String status(Creation record);

    /** Hears of each change before the end of the step. */
    void progressed(Creation record) {}

    /** Whether the step has nothing more to wait for. The cleanup afterwards is reported to the build's page. */
    boolean isOver(Creation record) {
        return record.ended();
    }

    /** Ends the step. */
    abstract void end(Creation record);

    /** Returns the thread of the pipeline at once, because planning reads and writes files and looks up a credential. */
    @Override
    public final boolean start() {
        CreationService.get().workers().execute(() -> attempt(this::begin));
        return false;
    }

    @Override
    public final void onResume() {
        CreationService.get().workers().execute(() -> attempt(key == null ? this::begin : this::resume));
    }

    /** Ends the step now. A call in progress finishes in the background, and its result is shown on the build's page. */
    @Override
    public final void stop(Throwable cause) throws Exception {
        stopped = true;
        if (key != null) {
            CreationService.get().abort(key);
        }
        super.stop(cause);
    }

    @Override
    public final String getStatus() {
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
     * Saves the plan, then the pipeline, and only then makes the first call. If the controller were killed before the
     * pipeline knows the key, the step would start again with a second record.
     */
    private void begin() throws IOException, InterruptedException {
        Creation record = plan();
        key = record.key();
        ListenableFuture<Void> saved = getContext().saveState();
        saved.addListener(
                () -> attempt(() -> {
                    try {
                        saved.get();
                    } catch (ExecutionException e) {
                        throw new IOException(Messages.RecordExecution_notSaved(), e.getCause());
                    }
                    go(record);
                }),
                CreationService.get().workers());
    }

    private void resume() throws IOException, InterruptedException {
        go(CreationService.get().load(key, getContext().get(Run.class)));
    }

    private void go(Creation record) throws IOException, InterruptedException {
        run(record, this::changed);
        if (stopped) {
            // The abort came before the engine knew the record, which after a restart may have sent a call.
            CreationService.get().abort(record.key());
        }
    }

    private void changed(Creation record) {
        status = status(record);
        if (stopped) {
            return;
        }
        progressed(record);
        if (isOver(record)) {
            stopped = true;
            end(record);
        }
    }
}

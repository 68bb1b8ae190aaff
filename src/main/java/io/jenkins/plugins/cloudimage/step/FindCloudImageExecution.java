package io.jenkins.plugins.cloudimage.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.creation.ImageSearch;
import io.jenkins.plugins.cloudimage.run.CreationService;
import io.jenkins.plugins.cloudimage.run.FoundImage;
import io.jenkins.plugins.cloudimage.run.ImageSearches;
import io.jenkins.plugins.cloudimage.run.SearchPlan;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of the step. It saves nothing and holds no thread while it waits; after a restart, it begins again. */
final class FindCloudImageExecution extends StepExecution implements ImageSearches.Listener {
    private static final long serialVersionUID = 1L;

    private final FindCloudImageStep step;

    private transient volatile ImageSearch search;
    private transient volatile boolean stopped;

    FindCloudImageExecution(StepContext context, FindCloudImageStep step) {
        super(context);
        this.step = step;
    }

    /** Returns the thread of the pipeline at once, because files are read and a credential is looked up. */
    @Override
    public boolean start() {
        CreationService.get().workers().execute(this::begin);
        return false;
    }

    @Override
    public void onResume() {
        CreationService.get().workers().execute(this::begin);
    }

    private void begin() {
        try {
            search = ImageSearches.begin(
                    getContext().get(Run.class),
                    SearchPlan.of(step, UnaryOperator.identity(), UnaryOperator.identity()),
                    Objects.requireNonNull(getContext().get(FlowExecution.class))
                            .getAuthentication2(),
                    getContext().get(TaskListener.class),
                    this);
            if (stopped) {
                search.cancel();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    @Override
    public void found(@CheckForNull FoundImage image) {
        getContext().onSuccess(image == null ? null : new CreatedImage(image));
    }

    @Override
    public void failed(Exception why) {
        getContext().onFailure(why);
    }

    /** Ends the step now, whatever its call does. */
    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = true;
        if (search != null) {
            search.cancel();
        }
        super.stop(cause);
    }

    /** A thread dump is not translated. */
    @Override
    public String getStatus() {
        return "finding image";
    }
}

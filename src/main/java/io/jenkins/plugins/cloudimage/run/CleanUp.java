package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.core.creation.Administration;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/**
 * Finds creations without a waiting build: of freestyle builds that a restart ended, of deleted builds, of pipelines
 * that could not resume, and of steps whose controller was killed before the pipeline was saved.
 */
@Extension
public final class CleanUp extends AsyncPeriodicWork {

    /** Runs soon after the start and then every ten minutes. */
    public CleanUp() {
        super("Clean-up of cloud images");
    }

    @Override
    public long getRecurrencePeriod() {
        return TimeUnit.MINUTES.toMillis(10);
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.MINUTES.toMillis(1);
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        CreationService service = CreationService.get();
        Administration.Overview overview = service.overview();
        ExtensionList.lookupSingleton(AttentionMonitor.class).found(overview);
        for (Administration.Status status : overview.creations()) {
            Creation creation = status.creation();
            if (!service.isAwaited(creation.key()) && !isBuilding(creation)) {
                service.cleanUp(creation.key());
            }
        }
    }

    private static boolean isBuilding(Creation creation) {
        Run<?, ?> run = Builds.of(creation);
        return run != null && run.isBuilding();
    }
}

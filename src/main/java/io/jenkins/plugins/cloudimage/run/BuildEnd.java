package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;

/** Starts the cleanup when a build ends or is deleted. */
@Extension
public final class BuildEnd extends RunListener<Run<?, ?>> {

    @Override
    public void onFinalized(Run<?, ?> run) {
        release(run);
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        release(run);
    }

    private static void release(Run<?, ?> run) {
        CloudImageAction action = run.getAction(CloudImageAction.class);
        if (action != null) {
            CreationService service = CreationService.get();
            service.workers().execute(() -> action.ownKeys().forEach(service::cleanUp));
        }
    }
}

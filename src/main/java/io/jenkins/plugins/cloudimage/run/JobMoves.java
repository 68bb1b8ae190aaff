package io.jenkins.plugins.cloudimage.run;

import com.google.common.util.concurrent.MoreExecutors;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import java.util.concurrent.Executor;

/** Updates the records and the index when a job is renamed, moved or deleted. */
@Extension
public final class JobMoves extends ItemListener {
    /** Two moves applied in the wrong order would leave the record with an outdated name. */
    private final Executor inOrder = MoreExecutors.newSequentialExecutor(
            task -> CreationService.get().workers().execute(task));

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job) {
            inOrder.execute(() -> CreationService.get().moved(oldFullName, newFullName));
        }
    }

    @Override
    public void onDeleted(Item item) {
        if (item instanceof Job) {
            inOrder.execute(() -> CreationService.get().deleted(item.getFullName()));
        }
    }
}

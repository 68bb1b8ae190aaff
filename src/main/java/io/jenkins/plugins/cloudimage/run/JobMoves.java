package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;

/** Lets the records follow a job that is renamed or moved while its builds wait for images. */
@Extension
public final class JobMoves extends ItemListener {

    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job) {
            CreationService service = CreationService.get();
            service.workers().execute(() -> service.moved(oldFullName, newFullName));
        }
    }
}

package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.util.Collection;

/** Tells administrators that the clean-up has given something up: a machine that stands still, an image that costs. */
@Extension
public final class GivenUpMonitor extends AdministrativeMonitor {
    private volatile int creations;

    /** Takes the finding of the last clean-up, so that a page of Jenkins never waits for a disk. */
    void found(Collection<Creation> ledger) {
        creations = (int) ledger.stream().filter(CreationService::isGivenUp).count();
    }

    /**
     * What the page tells.
     *
     * @return the number of creations of which something was given up
     */
    public int getCreations() {
        return creations;
    }

    @Override
    public boolean isActivated() {
        return creations > 0;
    }

    @Override
    public String getDisplayName() {
        return Messages.GivenUpMonitor_displayName();
    }
}

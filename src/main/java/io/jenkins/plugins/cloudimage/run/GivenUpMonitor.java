package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;

/** Tells administrators that the clean-up has given something up: a machine that stands still, an image that costs. */
@Extension
public final class GivenUpMonitor extends AdministrativeMonitor {
    private volatile boolean activated;

    /** Takes the finding of the last clean-up, so that a page of Jenkins never waits for a disk. */
    void found(boolean anything) {
        activated = anything;
    }

    @Override
    public boolean isActivated() {
        return activated;
    }

    @Override
    public String getDisplayName() {
        return Messages.GivenUpMonitor_displayName();
    }
}

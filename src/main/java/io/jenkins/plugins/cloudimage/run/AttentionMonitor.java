package io.jenkins.plugins.cloudimage.run;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.cloudimage.core.creation.Administration;

/** Tells administrators that something waits for their decision: an instance may be off, an image may cost money. */
@Extension
public final class AttentionMonitor extends AdministrativeMonitor {
    private volatile int fenced;
    private volatile int stuck;
    private volatile int unreadable;

    /** Uses the last result, so that a page of Jenkins never waits for a disk. */
    void found(Administration.Overview overview) {
        fenced = (int) overview.creations().stream()
                .filter(Administration.Status::fenced)
                .count();
        stuck = (int) overview.creations().stream()
                .filter(status -> status.creation().isStuck())
                .count();
        unreadable = overview.unreadable().size();
    }

    /** How many records may be copies or come from a backup. */
    public int getFenced() {
        return fenced;
    }

    /** How many records have a cleanup task that needs a person, or a key that is not there. */
    public int getStuck() {
        return stuck;
    }

    /** How many files in the ledger cannot be understood. */
    public int getUnreadable() {
        return unreadable;
    }

    @Override
    public boolean isActivated() {
        return fenced + stuck + unreadable > 0;
    }

    @Override
    public String getDisplayName() {
        return Messages.AttentionMonitor_displayName();
    }
}

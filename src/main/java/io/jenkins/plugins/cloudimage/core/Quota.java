package io.jenkins.plugins.cloudimage.core;

/** How many images of its own an account has and may have in a region. */
public record Quota(int used, int limit) {

    /** Whether no further image fits. A limit of 0 or less is no valid quota. */
    public boolean isUsedUp() {
        return limit > 0 && used >= limit;
    }
}

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Carries a {@link CloudError}. It is the only exception that the core throws at its callers for a failed call. */
public final class CloudException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CloudError error;

    public CloudException(CloudError error, @CheckForNull Throwable cause) {
        super(error.text(), cause);
        this.error = error;
    }

    public CloudError error() {
        return error;
    }
}

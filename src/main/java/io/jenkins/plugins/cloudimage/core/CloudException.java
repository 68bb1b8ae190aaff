package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/** Carries a {@link CloudError}. The core throws no other exception for a failed call. */
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

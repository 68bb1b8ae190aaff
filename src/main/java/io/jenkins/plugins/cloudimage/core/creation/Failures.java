package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;

/** Turns any throwable into an error of the core. */
final class Failures {
    private Failures() {}

    static CloudError error(Throwable failure, Acted acted) {
        return failure instanceof CloudException known
                ? known.error()
                : CloudError.of(ErrorKind.UNAVAILABLE, acted)
                        .message(Messages.Controller_failed(failure))
                        .advice(Messages.Controller_log());
    }
}

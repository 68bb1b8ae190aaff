package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;

/** Turns any throwable into an error of the core. */
final class Failures {
    private Failures() {}

    static CloudError error(Throwable failure, SideEffect sideEffect) {
        return failure instanceof CloudException known
                ? known.error()
                : CloudError.of(ErrorKind.UNAVAILABLE, sideEffect)
                        .message(Messages.Controller_failed(failure))
                        .advice(Messages.Controller_log());
    }
}

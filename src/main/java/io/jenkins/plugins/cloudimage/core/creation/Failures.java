package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;

/** Turns any throwable into an error of the core. */
final class Failures {
    private Failures() {}

    /** Another key is found than the creation used, and its account does not have what was looked for. */
    static CloudError otherAccount(Creation creation, String what) {
        return CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                .message(Messages.Failures_otherAccount(creation.build().credentialsId(), what))
                .advice(Messages.Failures_oldKey());
    }

    static CloudError error(Throwable failure, SideEffect sideEffect) {
        return failure instanceof CloudException known
                ? known.error()
                : CloudError.of(ErrorKind.UNAVAILABLE, sideEffect)
                        .message(Messages.Controller_failed(failure))
                        .advice(Messages.Controller_log());
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;

/** Turns any throwable into an error of the core. */
final class Failures {
    private Failures() {}

    /** Another key is found than the creation used, and its account does not have what was looked for. */
    static CloudError otherAccount(Creation creation, String what) {
        return CloudError.of(ErrorKind.AUTHENTICATION, Acted.NO)
                .message(Messages.Failures_otherAccount(creation.build().credentialsId(), what))
                .advice(Messages.Failures_oldKey());
    }

    static CloudError error(Throwable failure, Acted acted) {
        return failure instanceof CloudException known
                ? known.error()
                : CloudError.of(ErrorKind.UNAVAILABLE, acted)
                        .message(Messages.Controller_failed(failure))
                        .advice(Messages.Controller_log());
    }
}

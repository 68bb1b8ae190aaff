package io.jenkins.plugins.cloudimage.core.apsara;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.AUTHENTICATION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNAVAILABLE;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.alibaba.EcsApiErrors;

/** The meaning of Apsara Stack's error codes: those of the ECS API, and those of its own gateways. */
final class ApsaraErrors {
    static final ErrorTable TABLE = EcsApiErrors.table()
            // Comes with HTTP status 500.
            .refused(
                    AUTHENTICATION,
                    Messages::ApsaraErrors_wrongKeyId,
                    "asapi.server.request.parameter.accesskeyid.error")
            .inDoubt(UNAVAILABLE, Messages::ApsaraErrors_timeout, "asapi.server.timeout")
            // The route gateway's answer to a failure of its own.
            .inDoubt(UNAVAILABLE, Messages::ApsaraErrors_internal, "-1")
            .build();

    private ApsaraErrors() {}
}

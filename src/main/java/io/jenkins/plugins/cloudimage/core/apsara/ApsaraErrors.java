package io.jenkins.plugins.cloudimage.core.apsara;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiErrors;

/** The meaning of Apsara Stack's error codes: those of the ECS API and those of its gateways. */
final class ApsaraErrors {
    static final ErrorTable TABLE = EcsApiErrors.table(Messages.class);

    private ApsaraErrors() {}
}

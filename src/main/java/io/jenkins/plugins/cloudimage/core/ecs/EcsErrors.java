package io.jenkins.plugins.cloudimage.core.ecs;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiErrors;

/** The meaning of public ECS's error codes: those of the ECS API and those of Auto Scaling. */
final class EcsErrors {
    static final ErrorTable TABLE = EcsApiErrors.table(Messages.class);

    private EcsErrors() {}
}

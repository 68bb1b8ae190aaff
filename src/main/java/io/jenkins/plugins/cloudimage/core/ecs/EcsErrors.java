package io.jenkins.plugins.cloudimage.core.ecs;

import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiErrors;

/** The meaning of public ECS's error codes, which are those of the ECS API. */
final class EcsErrors {
    static final ErrorTable TABLE = EcsApiErrors.table();

    private EcsErrors() {}
}

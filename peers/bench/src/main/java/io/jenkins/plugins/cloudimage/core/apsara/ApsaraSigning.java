package io.jenkins.plugins.cloudimage.core.apsara;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;

/** Opens the gateways of an installation, which the clients keep to themselves. */
public final class ApsaraSigning {
    private ApsaraSigning() {}

    /** The gateway that an account is entered by. */
    public static AlibabaGateway gateway(CloudConnection connection) throws CloudException {
        return ApsaraGateways.of(connection);
    }
}

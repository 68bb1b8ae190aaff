package io.jenkins.plugins.cloudimage.core.apsara;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaGateway;

/** Opens the gateways of an installation, which the clients keep to themselves. */
public final class ApsaraSigning {
    private ApsaraSigning() {}

    /** The gateway as the client finds it for each call. */
    public static AlibabaGateway gateway(CloudConnection connection) {
        return (action, parameters, nonce, now) -> {
            try {
                return ApsaraGateways.of(connection).sign(action, parameters, nonce, now);
            } catch (CloudException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}

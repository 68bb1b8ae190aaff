package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import java.time.Instant;
import java.util.SortedMap;

/** One of Alibaba's gateways: where it expects the parts of a call, and how the call is signed. */
@FunctionalInterface
public interface AlibabaGateway {

    /**
     * Makes a signed request.
     *
     * @param parameters the action's parameters, with arrays flattened as {@code Tag.1.Key}
     * @param nonce a text that no other request within 15 minutes uses
     * @param now the time of the cloud's clock
     */
    HttpCall sign(String action, SortedMap<String, String> parameters, String nonce, Instant now);
}

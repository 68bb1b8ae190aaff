package io.jenkins.plugins.cloudimage.core.alibaba;

import io.jenkins.plugins.cloudimage.core.http.HttpCall;
import java.time.Instant;
import java.util.SortedMap;

/** One way to Alibaba's APIs: where the parts of a call go, and how it is signed. */
@FunctionalInterface
public interface AlibabaGateway {

    /**
     * Makes a signed request.
     *
     * @param parameters the action's parameters, arrays flat as {@code Tag.1.Key}
     * @param nonce a text that no other request of these minutes has
     * @param now the moment, in the cloud's time
     */
    HttpCall sign(String action, SortedMap<String, String> parameters, String nonce, Instant now);
}

package io.jenkins.plugins.cloudimage.core.alibaba;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.util.UUID;
import java.util.function.Supplier;

/** Carries the calls of one connection to one of Alibaba's clouds. */
public final class AlibabaCalls {
    private final SignedCalls calls;
    private final Route route;
    private final AlibabaAnswers answers;
    private final Supplier<String> nonces;

    /** Finds the gateway; asked for each call. */
    @FunctionalInterface
    public interface Route {
        /**
         * Finds it.
         *
         * @return the gateway
         * @throws CloudException if the connection does not tell which one
         */
        AlibabaGateway gateway() throws CloudException;
    }

    /**
     * Uses a connection.
     *
     * @param calls carries them
     * @param route finds the gateway
     * @param errors the meaning of the cloud's codes
     * @param nonces makes texts that never repeat
     */
    public AlibabaCalls(SignedCalls calls, Route route, ErrorTable errors, Supplier<String> nonces) {
        this.calls = calls;
        this.route = route;
        this.answers = new AlibabaAnswers(errors);
        this.nonces = nonces;
    }

    /**
     * Makes a nonce.
     *
     * @return a random text that never repeats
     */
    public static String randomNonce() {
        return UUID.randomUUID().toString();
    }

    /**
     * Makes a call.
     *
     * @param action the API's action
     * @param parameters its parameters
     * @return the answer's body
     * @throws CloudException when the call failed
     */
    public JsonNode call(String action, AlibabaParameters parameters) throws CloudException {
        AlibabaGateway gateway = route.gateway();
        return calls.call(now -> gateway.sign(action, parameters.values(), nonces.get(), now), answers);
    }
}

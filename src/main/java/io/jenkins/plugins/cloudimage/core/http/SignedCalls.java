package io.jenkins.plugins.cloudimage.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes the calls of one connection and corrects its clock: a call that the cloud refused because of its time is
 * signed again, once, with the time of the server's {@code Date} header. The cloud did not carry out such a call, so
 * this is safe for every call. Neither key nor signature remains in a response.
 */
public final class SignedCalls {
    private final HttpTransport http;
    private final Clock clock;
    private final Secrets keySecrets;
    private volatile Duration skew = Duration.ZERO;
    private volatile Instant lastDate;

    /**
     * @param key the key that signs, which is removed from all responses
     */
    public SignedCalls(HttpTransport http, Clock clock, AccessKey key) {
        this(http, clock, Secrets.of(key));
    }

    private SignedCalls(HttpTransport http, Clock clock, Secrets keySecrets) {
        this.http = http;
        this.clock = clock;
        this.keySecrets = keySecrets;
    }

    /**
     * Makes calls that no key signs, because a token among their parameters proves who calls.
     *
     * @param token a JSON Web Token, which is removed from all responses
     */
    public static SignedCalls unsigned(HttpTransport http, Clock clock, String token) {
        return new SignedCalls(http, clock, Secrets.ofToken(token));
    }

    /** Signs a call. */
    @FunctionalInterface
    public interface Signing {
        /**
         * @param now the time of the cloud's clock as far as it is known
         */
        HttpCall at(Instant now);
    }

    /** Reads a response. */
    @FunctionalInterface
    public interface Reading {
        /**
         * @throws CloudException if the response reports a failure
         */
        JsonNode read(HttpAnswer answer) throws CloudException;
    }

    public JsonNode call(Signing signing, Reading reading) throws CloudException {
        HttpAnswer answer = send(signing);
        try {
            return reading.read(answer);
        } catch (CloudException e) {
            if (e.error().kind() != ErrorKind.CLOCK_SKEW || answer.date().isEmpty()) {
                throw e;
            }
            skew = Duration.between(clock.instant(), answer.date().get());
            return reading.read(send(signing));
        }
    }

    /** The time of the cloud's clock at its last response. */
    public Optional<Instant> time() {
        return Optional.ofNullable(lastDate);
    }

    private HttpAnswer send(Signing signing) throws CloudException {
        HttpCall call = signing.at(clock.instant().plus(skew));
        Secrets secrets = keySecrets.and(call);
        lastDate = null;
        try {
            HttpAnswer answer = http.send(call);
            lastDate = answer.date().orElse(null);
            return secrets.clean(answer);
        } catch (CloudException e) {
            throw secrets.clean(e);
        }
    }
}

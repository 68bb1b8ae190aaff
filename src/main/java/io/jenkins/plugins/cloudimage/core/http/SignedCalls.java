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
 * Carries the signed calls of one connection and keeps its clock right: a call that the cloud refused for its time is
 * signed anew, once, with the time of the server's {@code Date} header. Such a call was surely not carried out, so this
 * is safe for every call. What comes back holds neither key nor signature, whatever the server sent.
 */
public final class SignedCalls {
    private final HttpTransport http;
    private final Clock clock;
    private final Secrets keySecrets;
    private volatile Duration skew = Duration.ZERO;
    private volatile Instant lastDate;

    /**
     * Uses a transport.
     *
     * @param key the key that signs, to be kept out of all answers
     */
    public SignedCalls(HttpTransport http, Clock clock, AccessKey key) {
        this.http = http;
        this.clock = clock;
        this.keySecrets = Secrets.of(key);
    }

    /** Signs a call for a moment. */
    @FunctionalInterface
    public interface Signing {
        /**
         * Signs.
         *
         * @param now the moment, in the cloud's time as far as it is known
         */
        HttpCall at(Instant now);
    }

    /** Understands an answer. */
    @FunctionalInterface
    public interface Reading {
        /**
         * Reads.
         *
         * @throws CloudException if the answer says that the call failed
         */
        JsonNode read(HttpAnswer answer) throws CloudException;
    }

    /** Makes a call. */
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

    /** Tells the time by the cloud's clock at its last response. */
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

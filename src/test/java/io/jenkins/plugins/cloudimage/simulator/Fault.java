package io.jenkins.plugins.cloudimage.simulator;

/** A way in which a cloud or the network before it misbehaves for one request. */
public enum Fault {
    /** The connection breaks before the cloud has seen the request. */
    RESET_BEFORE,
    /** The cloud carries the request out and the answer is lost. */
    LOSE_ANSWER,
    /** The cloud carries the request out and a gateway answers 502 with a page of HTML. */
    GATEWAY_AFTER,
    /** A gateway answers 503 with Retry-After: 0 before the cloud has seen the request. */
    UNAVAILABLE_BEFORE,
    /** The cloud refuses the request for the account's rate. */
    THROTTLED,
    /** The cloud carries the request out and its JSON breaks off. */
    BROKEN_JSON,
    /** The cloud carries the request out and the connection breaks within the body. */
    BODY_CUT,
    /** The cloud carries the request out and the body stalls halfway, until the server is closed. */
    STALLED,
    /** The cloud carries the request out and sends more than anybody should read. */
    ENDLESS;

    /** Whether it takes no time and little memory, so that many can happen in a test. */
    public boolean cheap() {
        return this != STALLED && this != ENDLESS;
    }
}

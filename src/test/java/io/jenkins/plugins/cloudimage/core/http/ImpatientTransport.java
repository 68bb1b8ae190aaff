package io.jenkins.plugins.cloudimage.core.http;

import java.net.ProxySelector;
import java.time.Duration;
import okhttp3.Authenticator;

/** A transport that waits for no more than a moment between two bytes. */
public final class ImpatientTransport {
    private static final Duration LONG = Duration.ofSeconds(10);

    private ImpatientTransport() {}

    /** A transport that gives an answer up when nothing of it came for that long. */
    public static HttpTransport idle(Duration idle) {
        return new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-test", LONG, idle, LONG);
    }
}

package io.jenkins.plugins.cloudimage.core;

import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import java.net.ProxySelector;
import okhttp3.Authenticator;

/** The transport as tests use it: no proxy. */
public final class TestTransport {
    private TestTransport() {}

    /** A transport of its own. */
    public static HttpTransport direct() {
        return new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "cloud-image-test");
    }
}

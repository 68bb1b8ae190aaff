package io.jenkins.plugins.cloudimage.core.http;

import java.net.URI;
import okhttp3.HttpUrl;

/** Leads the calls to a metadata service elsewhere, because its address cannot be configured. */
public final class MetadataRoute {
    private MetadataRoute() {}

    /** The same transport, with a metadata service at an address of the test. */
    public static HttpTransport to(HttpTransport transport, String host, URI address) {
        return transport.seenBy(chain -> {
            HttpUrl url = chain.request().url();
            return chain.proceed(
                    url.host().equals(host)
                            ? chain.request()
                                    .newBuilder()
                                    .url(url.newBuilder()
                                            .host(address.getHost())
                                            .port(address.getPort())
                                            .build())
                                    .build()
                            : chain.request());
        });
    }
}

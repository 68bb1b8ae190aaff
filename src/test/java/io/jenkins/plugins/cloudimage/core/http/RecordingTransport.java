package io.jenkins.plugins.cloudimage.core.http;

import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** A transport as the plugin's own, in which somebody listens. */
public final class RecordingTransport {
    private RecordingTransport() {}

    /** A transport whose exchanges are seen by an interceptor. */
    public static HttpTransport listening(Interceptor listener) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .callTimeout(Duration.ofSeconds(60))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addInterceptor(listener)
                .build();
        return new HttpTransport(client, "cloud-image-live", null);
    }
}

package io.jenkins.plugins.cloudimage.core.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import okhttp3.Authenticator;
import org.junit.jupiter.api.Test;

class CloudsTest {
    private final Clouds clouds =
            new Clouds(new HttpTransport(ProxySelector.of(null), Authenticator.NONE, "test"), Clock.systemUTC());

    private static CloudConnection connection(CloudProvider provider, String caCertificate) {
        return new CloudConnection(
                provider.id(),
                URI.create("https://cloud.example.com"),
                "cn-north-1",
                new AccessKey("id", "secret", null),
                Map.of(),
                caCertificate);
    }

    @Test
    void everyCloudTakesThePrivateAuthorityOfItsEndpoint() {
        for (CloudProvider provider : clouds.all()) {
            assertDoesNotThrow(() -> clouds.connect(connection(provider, null)), provider.id());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> clouds.connect(connection(provider, "no certificate")),
                    provider.id());
        }
    }

    @Test
    void everyCloudHasAnIdOfItsOwn() {
        assertEquals(
                clouds.all().size(),
                clouds.all().stream().map(CloudProvider::id).distinct().count());
    }
}

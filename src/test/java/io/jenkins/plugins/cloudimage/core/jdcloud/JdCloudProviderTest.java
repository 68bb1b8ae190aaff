package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.Test;

class JdCloudProviderTest {
    private final HttpTransport http = TestTransport.direct();
    private final JdCloudProvider provider = new JdCloudProvider(http, Clock.systemUTC());

    @Test
    void oneHostServesEveryRegion() {
        assertTrue(provider.regions().contains("cn-north-1"));
        assertEquals(URI.create("https://vm.jdcloud-api.com"), provider.endpoint("cn-north-1"));
        assertEquals(provider.endpoint("cn-north-1"), provider.endpoint("xx-new-9"));
    }

    @Test
    void aCreateCannotBeRepeatedAndNamesAreNotUnique() {
        Capabilities capabilities = provider.capabilities();

        assertFalse(capabilities.idempotencyToken());
        assertFalse(capabilities.uniqueNames());
        assertEquals(100, capabilities.describeBatch());
    }

    @Test
    void theWholeRateIsBelowAThousandCallsAMinute() {
        Capabilities capabilities = provider.capabilities();

        assertTrue(60 * (capabilities.createsPerSecond() + capabilities.readsPerSecond()) < 1000);
    }

    @Test
    void everySignatureHasItsNonce() {
        assertNotEquals(provider.nonces().get(), provider.nonces().get());
    }

    @Test
    void isRegistered() {
        CloudProvider registered = new Clouds(http, Clock.systemUTC()).provider("jdCloud");

        assertEquals(JdCloudImageRequest.class, registered.requestType());
        assertEquals("JD Cloud", registered.displayName());
    }
}

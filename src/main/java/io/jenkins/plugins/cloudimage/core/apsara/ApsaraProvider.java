package io.jenkins.plugins.cloudimage.core.apsara;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ImageQuery;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiClient;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * ECS of Alibaba's private cloud Apsara Stack. Every installation has its own address, regions and gateway, which an
 * administrator configures: {@link ApsaraSettings}.
 *
 * @param nonces makes unique texts
 */
public record ApsaraProvider(HttpTransport http, Clock clock, Supplier<String> nonces) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "apsaraStack";

    /**
     * Neither rates nor unique names are documented. The rate of describe calls is the public cloud's; the rate of
     * create calls is a cautious guess.
     */
    private static final Capabilities CAPABILITIES = new Capabilities(
            true,
            false,
            true,
            false,
            EcsApiClient.PAGE,
            1,
            16,
            EcsApiClient.SHARING,
            EcsApiClient.TAGS,
            Set.of(ImageQuery.Criterion.TAG),
            false,
            EcsApiClient.COPIES);

    /** The states that Alibaba's own client for Apsara Stack asks for. No known release has image families. */
    private static final List<String> STATES =
            List.of("Creating", "Waiting", "Available", "UnAvailable", "CreateFailed");

    private static final CloudDescription DESCRIPTION = new CloudDescription(
            ID,
            Messages::ApsaraProvider_displayName,
            ApsaraImageRequest.class,
            CAPABILITIES,
            EcsApiClient.PERMISSIONS,
            List.of(),
            region -> null,
            (region, imageId) -> null,
            ApsaraSettings::of);

    /** Makes the provider with random nonces. */
    public ApsaraProvider(HttpTransport http, Clock clock) {
        this(http, clock, AlibabaCalls::randomNonce);
    }

    @Override
    public CloudDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Cloud connect(CloudConnection connection) {
        AlibabaCalls calls = new AlibabaCalls(
                new SignedCalls(http.trusting(connection.caCertificate()), clock, connection.key()),
                ApsaraGateways.route(connection),
                ApsaraErrors.TABLE,
                nonces);
        return new EcsApiClient(calls, connection.region(), Map.of(), STATES);
    }
}

package io.jenkins.plugins.cloudimage.core.apsara;

import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudDescription;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaCalls;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiClient;
import io.jenkins.plugins.cloudimage.core.http.HttpTransport;
import io.jenkins.plugins.cloudimage.core.http.SignedCalls;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * ECS of Alibaba's private cloud Apsara Stack. Every installation has an address, regions and a gateway of its own, which
 * an administrator has to name: {@link ApsaraSettings}.
 *
 * @param nonces makes texts that never repeat
 */
public record ApsaraProvider(HttpTransport http, Clock clock, Supplier<String> nonces) implements CloudProvider {
    /** The cloud's id. */
    public static final String ID = "apsaraStack";

    /**
     * Nothing is documented of rates or of unique names; the rate of describe calls is the public cloud's, the other one
     * is cautious.
     */
    private static final Capabilities CAPABILITIES =
            new Capabilities(true, false, true, false, EcsApiClient.PAGE, 1, 16);

    /** As Alibaba's own client of installations asks for them: no release is known that has image families. */
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

    /** Makes the provider as it works outside tests. */
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

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.Map;

/**
 * Where and as whom calls are made. Two connections that are equal share their polls and their rate limits, whatever
 * credential in Jenkins the key came from.
 *
 * @param cloud the id of the cloud, as in {@link CloudProvider#id()}
 * @param endpoint scheme, host and, where it is not the scheme's own, port
 * @param settings what an installation of the cloud needs beyond an address, by names that the cloud's package defines;
 *     plain values that may be shown, never secrets
 * @param caCertificate certificates in PEM that are trusted at this endpoint besides the usual ones, or null
 */
public record CloudConnection(
        String cloud,
        URI endpoint,
        String region,
        AccessKey key,
        Map<String, String> settings,
        @CheckForNull String caCertificate) {

    /** Makes the settings immutable. */
    public CloudConnection {
        settings = Map.copyOf(settings);
    }

    /** A connection that trusts what everybody trusts. */
    public CloudConnection(String cloud, URI endpoint, String region, AccessKey key, Map<String, String> settings) {
        this(cloud, endpoint, region, key, settings, null);
    }

    /** A connection to a cloud that needs no settings. */
    public CloudConnection(String cloud, URI endpoint, String region, AccessKey key) {
        this(cloud, endpoint, region, key, Map.of());
    }
}

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.Map;

/**
 * The endpoint, region and key of an account. Connections with the same {@link #identity()} share their polls, whatever
 * credential in Jenkins the key comes from.
 *
 * @param cloud the id of the cloud, as in {@link CloudProvider#id()}
 * @param endpoint scheme, host and, if it is not the scheme's default, port
 * @param settings what an installation of the cloud needs besides an address, under names that the cloud's package
 *     defines; plain values that may be shown, never secrets
 * @param caCertificate CA certificates in PEM that are trusted at this endpoint in addition to the JVM's, or null
 * @param scaling the endpoint of the cloud's service for scaling groups, or null if the cloud has none or it is not known
 */
public record CloudConnection(
        String cloud,
        URI endpoint,
        String region,
        AccessKey key,
        Map<String, String> settings,
        @CheckForNull String caCertificate,
        @CheckForNull URI scaling) {

    public CloudConnection {
        settings = Map.copyOf(settings);
    }

    /** A connection that does not know the service for scaling groups. */
    public CloudConnection(
            String cloud,
            URI endpoint,
            String region,
            AccessKey key,
            Map<String, String> settings,
            @CheckForNull String caCertificate) {
        this(cloud, endpoint, region, key, settings, caCertificate, null);
    }

    /** A connection that trusts the JVM's CA certificates only. */
    public CloudConnection(String cloud, URI endpoint, String region, AccessKey key, Map<String, String> settings) {
        this(cloud, endpoint, region, key, settings, null);
    }

    /** A connection to a cloud that needs no settings. */
    public CloudConnection(String cloud, URI endpoint, String region, AccessKey key) {
        this(cloud, endpoint, region, key, Map.of());
    }

    /** The same connection, which also knows the service for scaling groups. */
    public CloudConnection withScaling(@CheckForNull URI service) {
        return new CloudConnection(cloud, endpoint, region, key, settings, caCertificate, service);
    }

    /** The same account in another region, whose service for scaling groups is not known. */
    public CloudConnection in(String otherRegion, URI otherEndpoint) {
        return new CloudConnection(cloud, otherEndpoint, otherRegion, key, settings, caCertificate);
    }

    /** What stays the same when the temporary key of a role is renewed. */
    public Identity identity() {
        return new Identity(cloud, endpoint, region, key.holder(), settings, caCertificate);
    }

    /**
     * A connection apart from the present key.
     *
     * @param holder who the key belongs to
     */
    public record Identity(
            String cloud,
            URI endpoint,
            String region,
            Object holder,
            Map<String, String> settings,
            @CheckForNull String caCertificate) {}
}

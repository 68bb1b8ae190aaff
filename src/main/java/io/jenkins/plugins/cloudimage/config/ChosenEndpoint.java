package io.jenkins.plugins.cloudimage.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The address for the calls of a job: the cloud's own, or that of an endpoint which an administrator has configured and the
 * job selects by name. A job cannot select any other address.
 *
 * @param address scheme, host and port
 * @param settings what the administrator says of the installation
 * @param caCertificate what the administrator trusts there besides the usual authorities, or null
 */
public record ChosenEndpoint(
        String cloud,
        URI address,
        Map<String, String> settings,
        @CheckForNull String caCertificate) {

    /**
     * Finds an endpoint.
     *
     * @param region a region code of the right shape, because it may become part of the address
     * @param name the name of the administrator's endpoint, or null for the cloud's own
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if there is none or it cannot work
     */
    public static ChosenEndpoint of(CloudProvider provider, String region, @CheckForNull String name)
            throws CloudException {
        if (name == null) {
            return own(provider, region);
        }
        try {
            CustomEndpoint endpoint = CloudImageConfiguration.get()
                    .endpoint(provider.id(), name)
                    .orElseThrow(() -> new IllegalArgumentException(Messages.ChosenEndpoint_unknown(name)));
            // Its file may have been edited by hand.
            endpoint.check();
            return new ChosenEndpoint(
                    provider.id(), endpoint.address(), endpoint.settings(), endpoint.getCaCertificate());
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage(), Messages.ChosenEndpoint_configure(provider.displayName()));
        }
    }

    private static ChosenEndpoint own(CloudProvider provider, String region) throws CloudException {
        URI address = provider.endpoint(region);
        if (address == null) {
            throw refused(
                    Messages.ChosenEndpoint_noOwn(provider.displayName()),
                    Messages.ChosenEndpoint_choose(provider.displayName()));
        }
        return new ChosenEndpoint(provider.id(), address, Map.of(), null);
    }

    /**
     * Adds a key to it.
     *
     * @param request what is wanted there; what it says of its connection comes before what the administrator says
     */
    public CloudConnection connect(ImageRequest request, AccessKey key) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(request.connectionSettings());
        return new CloudConnection(cloud, address, request.region(), key, all, caCertificate);
    }

    private static CloudException refused(String message, String advice) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(message)
                .advice(advice)
                .exception();
    }
}

package io.jenkins.plugins.cloudimage.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CallerIdentity;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.InstanceRoleService;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.RoleGrant;
import io.jenkins.plugins.cloudimage.core.RoleService;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The address for the calls of a job: the cloud's own, or that of an endpoint which an administrator has configured and the
 * job selects by name. A job cannot select any other address.
 *
 * @param address scheme, host and port
 * @param tokenService the address of the security token service, or null if the administrator's endpoint has none
 * @param settings what the administrator says of the installation
 * @param caCertificate what the administrator trusts there besides the usual authorities, or null
 * @param scaling the address of the service for scaling groups, or null if the cloud has none or it is not known
 */
public record ChosenEndpoint(
        CloudProvider provider,
        URI address,
        @CheckForNull URI tokenService,
        Map<String, String> settings,
        @CheckForNull String caCertificate,
        @CheckForNull URI scaling) {
    /** A build waits for the response. */
    private static final TimeLimit OWNER = new TimeLimit(Duration.ofSeconds(5));

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
                    provider,
                    endpoint.address(),
                    endpoint.tokenService(),
                    endpoint.settings(),
                    endpoint.getCaCertificate(),
                    endpoint.scaling());
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
        URI tokenService = provider.roles().map(RoleService::endpoint).orElse(null);
        URI scaling = provider.templates()
                .map(templates -> templates.scalingEndpoint(region))
                .orElse(null);
        return new ChosenEndpoint(provider, address, tokenService, Map.of(), null, scaling);
    }

    /** Whether all launch templates and scaling configurations can be listed that name an image. */
    public boolean listsTemplates() {
        return provider.templates()
                .filter(templates -> templates.isComplete(scaling))
                .isPresent();
    }

    /**
     * Checks whether a key can be used here, or a role. Sends nothing.
     *
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if the cloud has no such roles
     */
    public void check(KeySource source) throws CloudException {
        if (source instanceof KeySource.Assumed assumed) {
            service().check(assumed.caller(), assumed.role());
        } else if (source instanceof KeySource.OfInstance own) {
            metadata(own.role());
        }
    }

    /**
     * The account of a key as {@link AccessKey#account()} names it. Asks only the metadata service, for an instance's role, and
     * then may block.
     *
     * @return the account, or null if the cloud has no such role
     * @throws CloudException if the metadata service does not tell the account
     */
    @CheckForNull
    public String account(KeySource source) throws CloudException {
        if (source instanceof KeySource.Assumed assumed) {
            String role = assumed.role().name();
            return provider.roles()
                    .flatMap(service -> service.account(role))
                    .map(AccessKey::ofRole)
                    .orElse(null);
        }
        return key(source).account();
    }

    /**
     * Adds a key to it. If the key is a role's, this may call the service that gives it, and so block.
     *
     * @param request what is wanted there; what it says of its connection comes before what the administrator says
     * @throws CloudException if there is no key of the role
     */
    public CloudConnection connect(ImageRequest request, KeySource source) throws CloudException {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(request.connectionSettings());
        return new CloudConnection(provider.id(), address, request.region(), key(source), all, caCertificate, scaling);
    }

    /**
     * Asks the security token service who a key is; if it assumes a role, who the key is that does so. May block.
     *
     * @return the identity, or empty if the cloud has no call for it or no key assumes the role
     * @throws CloudException if the service refuses it or does not respond, or the administrator's endpoint has no service
     */
    public Optional<CallerIdentity> identity(KeySource source) throws CloudException {
        Optional<RoleService> service = provider.roles().filter(RoleService::identifies);
        if (service.isEmpty()) {
            return Optional.empty();
        }
        if (source instanceof KeySource.Assumed assumed) {
            RoleGrant grant = grant(assumed, service.get());
            return assumed.caller() instanceof AccessKey key
                    ? service.get().identity(grant.service(), grant.caCertificate(), key)
                    : Optional.empty();
        }
        if (tokenService == null) {
            // Who chose a private endpoint may not want calls to a public one.
            throw refused(Messages.ChosenEndpoint_noTokenService(), Messages.ChosenEndpoint_addTokenService());
        }
        return service.get().identity(tokenService, caCertificate, key(source));
    }

    private AccessKey key(KeySource source) throws CloudException {
        if (source instanceof KeySource.Stored stored) {
            return stored.key();
        }
        if (source instanceof KeySource.OfInstance own) {
            return JenkinsClouds.tokens().key(own.role(), metadata(own.role()), this::owner);
        }
        return temporary((KeySource.Assumed) source);
    }

    /** The id of the account behind a key. The service may be out of reach where the cloud is not. */
    private Optional<String> owner(AccessKey key) throws CloudException {
        Optional<RoleService> service = provider.roles().filter(RoleService::identifies);
        if (service.isEmpty() || tokenService == null) {
            return Optional.empty();
        }
        return OWNER.of(() -> service.get().identity(tokenService, caCertificate, key))
                .map(CallerIdentity::account);
    }

    private AccessKey temporary(KeySource.Assumed assumed) throws CloudException {
        RoleService service = service();
        return JenkinsClouds.tokens().key(grant(assumed, service), service);
    }

    private RoleGrant grant(KeySource.Assumed assumed, RoleService service) {
        // The CA certificate is for the administrator's own addresses only.
        return tokenService == null
                ? new RoleGrant(provider.id(), service.endpoint(), null, assumed.caller(), assumed.role())
                : new RoleGrant(provider.id(), tokenService, caCertificate, assumed.caller(), assumed.role());
    }

    /** Forgets the temporary key of a connection, because the cloud refused it. */
    public static void refused(CloudConnection connection) {
        JenkinsClouds.tokens().drop(connection.key());
    }

    private InstanceRoleService metadata(InstanceRole role) throws CloudException {
        // The engine's provider may have circuit breakers, which are for servers far away.
        return JenkinsClouds.get()
                .provider(provider.id())
                .instanceRoles()
                .filter(service -> service.platform() == role.cloud())
                .orElseThrow(() -> refused(
                        Messages.ChosenEndpoint_otherInstances(role.cloud().displayName(), provider.displayName()),
                        Messages.ChosenEndpoint_useOther(provider.displayName())));
    }

    private RoleService service() throws CloudException {
        return provider.roles()
                .orElseThrow(() -> refused(
                        Messages.ChosenEndpoint_noRoles(provider.displayName()), Messages.ChosenEndpoint_useKey()));
    }

    private static CloudException refused(String message, String advice) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(message)
                .advice(advice)
                .exception();
    }
}

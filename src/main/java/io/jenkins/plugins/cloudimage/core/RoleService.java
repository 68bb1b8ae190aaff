package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.Optional;

/** A cloud's security token service, which exchanges a key for a temporary key of a role. */
public interface RoleService {

    /** The public address of the service. */
    URI endpoint();

    /**
     * Finds the account in a role's name.
     *
     * @return the account's id, or empty if this is no name of a role at this cloud
     */
    Optional<String> account(String roleName);

    /** A name as the cloud writes them. */
    String example();

    /**
     * A name of an OpenID Connect provider as the cloud writes them, or empty if the cloud accepts no tokens of such
     * providers.
     */
    default Optional<String> providerExample() {
        return Optional.empty();
    }

    /** Whether the cloud can have a provider with this name. */
    default boolean isProvider(String name) {
        return false;
    }

    /**
     * Checks the cloud's own rules. Sends nothing.
     *
     * @throws CloudException of kind {@link ErrorKind#INVALID_REQUEST} if the cloud would refuse the role's data
     */
    default void check(RoleCaller caller, CloudRole role) throws CloudException {
        if (account(role.name()).isEmpty()) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.RoleService_otherCloud(role.name()))
                    .advice(Messages.RoleService_example(example()))
                    .exception();
        }
        if (caller instanceof WebIdentity identity) {
            check(identity);
        }
    }

    private void check(WebIdentity identity) throws CloudException {
        Optional<String> example = providerExample();
        if (example.isEmpty()) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.RoleService_noTokens())
                    .advice(Messages.RoleService_withKey())
                    .exception();
        }
        if (!isProvider(identity.provider())) {
            throw CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                    .message(Messages.RoleService_otherProvider(identity.provider()))
                    .advice(Messages.RoleService_providerExample(example.get()))
                    .exception();
        }
    }

    /**
     * Assumes the role. It changes nothing at the cloud, so it may be repeated.
     *
     * @throws CloudException if the cloud refuses it or does not respond
     */
    TemporaryKey assume(RoleGrant grant) throws CloudException;

    /** Whether the service tells who a key is. */
    default boolean identifies() {
        return false;
    }

    /**
     * Asks who signs with a key. It changes nothing at the cloud.
     *
     * @param service the address of the service
     * @param caCertificate CA certificates in PEM that are trusted there in addition to the JVM's, or null
     * @return the identity, or empty if the cloud has no call for it
     * @throws CloudException if the cloud refuses it or does not respond
     */
    default Optional<CallerIdentity> identity(URI service, @CheckForNull String caCertificate, AccessKey key)
            throws CloudException {
        return Optional.empty();
    }
}

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.List;

/**
 * A role that somebody assumes at a security token service.
 *
 * @param cloud the id of the cloud whose calls the keys sign
 * @param service the address of the security token service
 * @param caCertificate CA certificates in PEM that are trusted there in addition to the JVM's, or null
 * @param source who assumes the role
 */
public record RoleGrant(
        String cloud, URI service, @CheckForNull String caCertificate, RoleCaller source, CloudRole role)
        implements TokenGrant {

    @Override
    public String roleName() {
        return role.name();
    }

    /**
     * Builds that prove by tokens who they are have keys of their own; as soon as each of them has one, their keys may do
     * the same, and one describe call serves them all.
     */
    @Override
    public Object holder() {
        return source instanceof WebIdentity identity ? List.of(cloud, service, identity.provider(), role) : this;
    }
}

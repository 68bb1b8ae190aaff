package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;

/**
 * All that decides which temporary keys a role gives: equal grants share their keys, and a temporary key that is
 * renewed has the same grant.
 *
 * @param cloud the id of the cloud whose calls the keys sign
 * @param service the address of the security token service
 * @param caCertificate CA certificates in PEM that are trusted there in addition to the JVM's, or null
 * @param source who assumes the role
 */
public record RoleGrant(
        String cloud, URI service, @CheckForNull String caCertificate, RoleCaller source, CloudRole role) {}

package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.net.URI;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Finds keys as the build may: in its folders and with its permissions. Nothing is kept. A key is a {@link
 * CloudAccessKey}, a {@link CloudRoleImpl}, or a username with password, which other plugins fetch from vaults too.
 */
public final class AccessKeys {
    /** The kinds of credentials that contain a key. */
    static final CredentialsMatcher KINDS = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(CloudAccessKey.class),
            CredentialsMatchers.instanceOf(CloudRoleImpl.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private AccessKeys() {}

    /**
     * Records that a build used a credential.
     *
     * @param credentialsId the credential's id, or {@code ${NAME}} for the one that a parameter names
     * @param endpoint where the key is used
     * @throws CloudException of kind {@link ErrorKind#AUTHENTICATION} if the build may use no such credential
     */
    public static void track(Run<?, ?> run, String credentialsId, URI endpoint) throws CloudException {
        CredentialsProvider.track(run, credential(run, credentialsId, endpoint));
    }

    /**
     * Finds a key with the permissions of a build.
     *
     * @param credentialsId the credential's id, or {@code ${NAME}} for the one that a parameter names
     * @param endpoint where the key is to be used, for credentials of a domain
     * @throws CloudException of kind {@link ErrorKind#AUTHENTICATION} if the build may use no such credential or it holds
     *     no key, {@link ErrorKind#UNAVAILABLE} if its plugin cannot fetch it now
     */
    public static KeySource find(Run<?, ?> run, String credentialsId, URI endpoint) throws CloudException {
        return key(credential(run, credentialsId, endpoint));
    }

    /**
     * Finds a key with the permissions of a job's builds, without a build.
     *
     * @param item the job, or null for what all of Jenkins may use
     * @param endpoint where the key is to be used, for credentials of a domain
     * @throws CloudException as for a build
     */
    public static KeySource find(@CheckForNull Item item, String credentialsId, URI endpoint) throws CloudException {
        StandardCredentials found = usable(item, credentialsId, requirements(endpoint));
        if (found == null) {
            throw notFound(
                    credentialsId, item == null ? Jenkins.get().getDisplayName() : item.getFullDisplayName(), endpoint);
        }
        return key(found);
    }

    /**
     * Finds a key that a folder, or all of Jenkins, shares with its jobs. Keys of users and of the system itself are none.
     *
     * @param folder the folder, or null for all of Jenkins
     * @param endpoint where the key is to be used, for credentials of a domain
     * @return the key, or null if there is no such credential
     * @throws CloudException as for a build, if there is one that cannot be used
     */
    @CheckForNull
    public static KeySource shared(@CheckForNull Item folder, String credentialsId, URI endpoint)
            throws CloudException {
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItem(
                credentialsId, StandardCredentials.class, folder, ACL.SYSTEM2, requirements(endpoint));
        return holdsKey(found)
                        && found.getScope() != CredentialsScope.SYSTEM
                        && found.getScope() != CredentialsScope.USER
                ? key(found)
                : null;
    }

    /** The credential as the builds of a job may use it, if it is of a kind that holds a key. */
    @CheckForNull
    static StandardCredentials usable(
            @CheckForNull Item item, String credentialsId, List<DomainRequirement> requirements) {
        return authentications(item).stream()
                .map(authentication -> CredentialsProvider.findCredentialByIdInItem(
                        credentialsId, StandardCredentials.class, item, authentication, requirements))
                .filter(AccessKeys::holdsKey)
                .findFirst()
                .orElse(null);
    }

    /**
     * As whom the builds of a job look for credentials: as the user that the job runs as, and, where that user may use the
     * job's credentials, as the system. The Credentials plugin does the same for a build.
     */
    static List<Authentication> authentications(@CheckForNull Item item) {
        if (!(item instanceof Queue.Task task)) {
            return List.of(ACL.SYSTEM2);
        }
        Authentication user = Tasks.getAuthenticationOf2(task);
        if (user.equals(ACL.SYSTEM2)) {
            return List.of(user);
        }
        return item.getACL().hasPermission2(user, CredentialsProvider.USE_ITEM)
                ? List.of(user, ACL.SYSTEM2)
                : List.of(user);
    }

    private static boolean holdsKey(@CheckForNull StandardCredentials credential) {
        return credential != null && KINDS.matches(credential);
    }

    private static StandardCredentials credential(Run<?, ?> run, String credentialsId, URI endpoint)
            throws CloudException {
        StandardCredentials found = findFor(run, credentialsId, endpoint);
        if (!holdsKey(found)) {
            throw notFound(credentialsId, run.getParent().getFullDisplayName(), endpoint);
        }
        return found;
    }

    @CheckForNull
    private static StandardCredentials findFor(Run<?, ?> run, String credentialsId, URI endpoint) {
        try {
            return CredentialsProvider.findCredentialById(
                    credentialsId, StandardCredentials.class, run, requirements(endpoint));
        } catch (UsernameNotFoundException e) {
            // Whoever chose the parameter's value is no user any more.
            return null;
        }
    }

    private static List<DomainRequirement> requirements(URI endpoint) {
        return URIRequirementBuilder.fromUri(endpoint.toString()).build();
    }

    private static KeySource key(StandardCredentials credential) throws CloudException {
        try {
            if (credential instanceof CloudAccessKey key) {
                Secret token = key.getSessionToken();
                return new KeySource(
                        new AccessKey(
                                key.getAccessKeyId(),
                                key.getSecretKey().getPlainText(),
                                token == null ? null : token.getPlainText()),
                        null);
            }
            if (credential instanceof CloudRoleImpl role) {
                return role.source();
            }
            StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) credential;
            return new KeySource(
                    new AccessKey(login.getUsername(), login.getPassword().getPlainText(), null), null);
        } catch (IllegalArgumentException e) {
            throw CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                    .message(Messages.AccessKeys_unusable(credential.getId(), e.getMessage()))
                    .advice(Messages.AccessKeys_correctCredential())
                    .exception();
        } catch (CredentialsUnavailableException e) {
            throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                    .message(Messages.AccessKeys_unavailable(credential.getId(), e.getMessage()))
                    .advice(Messages.AccessKeys_lookAtSource())
                    .exception();
        }
    }

    /** One answer for a credential that does not exist, may not be used, is of another kind or of another domain. */
    private static CloudException notFound(String credentialsId, String where, URI endpoint) {
        return CloudError.of(ErrorKind.AUTHENTICATION, SideEffect.NONE)
                .message(Messages.AccessKeys_notFound(credentialsId, where, endpoint.getHost()))
                .advice(Messages.AccessKeys_addCredential())
                .exception();
    }
}

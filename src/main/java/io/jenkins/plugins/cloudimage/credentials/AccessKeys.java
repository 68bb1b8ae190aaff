package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsUnavailableException;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.net.URI;
import java.util.List;

/**
 * Finds keys as the build may: in its folders and with its permissions. Nothing is kept. A key is a {@link
 * CloudAccessKey}, a role of {@link RoleCredentials}, an {@link InstanceRoleImpl}, or a username with password, which other
 * plugins fetch from vaults too.
 */
public final class AccessKeys {
    /** The kinds of credentials that contain a key. */
    static final CredentialsMatcher KINDS = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(CloudAccessKey.class),
            CredentialsMatchers.instanceOf(RoleCredentials.class),
            CredentialsMatchers.instanceOf(InstanceRoleImpl.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private AccessKeys() {}

    /**
     * Records that a build used a credential, and the one whose token it needs.
     *
     * @param credentialsId the credential's id, or {@code ${NAME}} for the one that a parameter names
     * @param endpoint where the key is used
     * @throws CloudException of kind {@link ErrorKind#AUTHENTICATION} if the build may use no such credential
     */
    public static void track(Run<?, ?> run, String credentialsId, URI endpoint) throws CloudException {
        LookupPlace place = LookupPlace.of(run);
        StandardCredentials found = credential(place, credentialsId, endpoint);
        CredentialsProvider.track(run, found);
        if (found instanceof CloudOidcRoleImpl role) {
            StandardCredentials token = place.find(role.getTokenCredentialsId(), OidcTokens.KINDS, List.of());
            if (token != null) {
                CredentialsProvider.track(run, token);
            }
        }
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
        return find(LookupPlace.of(run), credentialsId, endpoint);
    }

    /**
     * Finds a key with the permissions of a job's builds, without a build.
     *
     * @param item the job, or null for what all of Jenkins may use
     * @param endpoint where the key is to be used, for credentials of a domain
     * @throws CloudException as for a build
     */
    public static KeySource find(@CheckForNull Item item, String credentialsId, URI endpoint) throws CloudException {
        return find(LookupPlace.of(item), credentialsId, endpoint);
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
        LookupPlace place = LookupPlace.sharedBy(folder);
        StandardCredentials found = place.find(credentialsId, KINDS, requirements(endpoint));
        return found == null ? null : key(found, place);
    }

    private static KeySource find(LookupPlace place, String credentialsId, URI endpoint) throws CloudException {
        return key(credential(place, credentialsId, endpoint), place);
    }

    private static StandardCredentials credential(LookupPlace place, String credentialsId, URI endpoint)
            throws CloudException {
        StandardCredentials found = place.find(credentialsId, KINDS, requirements(endpoint));
        if (found == null) {
            throw notFound(credentialsId, place.name(), endpoint);
        }
        return found;
    }

    private static List<DomainRequirement> requirements(URI endpoint) {
        return URIRequirementBuilder.fromUri(endpoint.toString()).build();
    }

    private static KeySource key(StandardCredentials credential, LookupPlace place) throws CloudException {
        try {
            if (credential instanceof CloudAccessKey key) {
                Secret token = key.getSessionToken();
                return new KeySource.Stored(new AccessKey(
                        key.getAccessKeyId(),
                        key.getSecretKey().getPlainText(),
                        token == null ? null : token.getPlainText()));
            }
            if (credential instanceof RoleCredentials role) {
                return role.source(place);
            }
            if (credential instanceof InstanceRoleImpl role) {
                return role.source();
            }
            StandardUsernamePasswordCredentials login = (StandardUsernamePasswordCredentials) credential;
            return new KeySource.Stored(
                    new AccessKey(login.getUsername(), login.getPassword().getPlainText(), null));
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

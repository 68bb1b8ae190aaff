package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.util.Secret;

/**
 * A cloud's access key. Unlike a username with password it may hold the session token of temporary keys. A plugin that
 * fetches keys from elsewhere implements this interface.
 */
@NameWith(value = CloudAccessKey.NameProvider.class, priority = 1)
public interface CloudAccessKey extends StandardCredentials {

    /**
     * The id of the key.
     *
     * @return what the clouds call access key id or SecretId
     */
    @NonNull
    String getAccessKeyId();

    /**
     * The secret of the key.
     *
     * @return what the clouds call secret key, access key secret or SecretKey
     */
    @NonNull
    Secret getSecretKey();

    /**
     * The session token of a temporary key.
     *
     * @return the token, or null for a key that does not expire
     */
    @CheckForNull
    Secret getSessionToken();

    /** Shows a key in lists by its id, as the clouds' consoles do. */
    class NameProvider extends CredentialsNameProvider<CloudAccessKey> {
        @Override
        @NonNull
        public String getName(@NonNull CloudAccessKey key) {
            return key.getDescription().isBlank()
                    ? key.getAccessKeyId()
                    : key.getAccessKeyId() + " (" + key.getDescription() + ")";
        }
    }
}

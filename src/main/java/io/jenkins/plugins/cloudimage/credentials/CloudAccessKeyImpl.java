package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.Secret;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A cloud access key that Jenkins stores, with secret and token encrypted. */
public class CloudAccessKeyImpl extends BaseStandardCredentials implements CloudAccessKey {
    private static final long serialVersionUID = 1L;

    private final String accessKeyId;
    private final Secret secretKey;
    private Secret sessionToken;

    /**
     * Makes a key that does not expire.
     *
     * @param id how jobs call it; null or empty for an id that is made up
     */
    @DataBoundConstructor
    public CloudAccessKeyImpl(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull String accessKeyId,
            @CheckForNull Secret secretKey) {
        super(scope, id, description);
        this.accessKeyId = Util.fixNull(accessKeyId).strip();
        this.secretKey = secretKey == null ? Secret.fromString("") : secretKey;
    }

    @Override
    @NonNull
    public String getAccessKeyId() {
        return accessKeyId;
    }

    @Override
    @NonNull
    public Secret getSecretKey() {
        return secretKey;
    }

    @Override
    @CheckForNull
    public Secret getSessionToken() {
        return sessionToken;
    }

    /**
     * Sets the session token, for a temporary key.
     *
     * @param sessionToken the token that belongs to it; empty for none
     */
    @DataBoundSetter
    public void setSessionToken(@CheckForNull Secret sessionToken) {
        this.sessionToken = sessionToken == null || sessionToken.getPlainText().isBlank() ? null : sessionToken;
    }

    /** The form. Its checks see what was typed and nothing that is stored. */
    @Extension
    @Symbol("cloudAccessKey")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudAccessKey_displayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-key";
        }

        /** Checks the access key id. */
        @POST
        public FormValidation doCheckAccessKeyId(@QueryParameter String value) {
            return KeyFields.checkId(value);
        }

        /** Checks the secret key, unless it is the stored one. */
        @POST
        public FormValidation doCheckSecretKey(@QueryParameter String value) {
            return KeyFields.checkSecret(value);
        }

        /** Checks the token, unless it is the stored one. */
        @POST
        public FormValidation doCheckSessionToken(@QueryParameter String value) {
            return KeyFields.checkToken(value);
        }
    }
}

package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.KeySource;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A role that an access key assumes. The key is part of the credential, so that no job can use it without the role, and
 * no folder can put another key in its place.
 */
public class CloudRoleImpl extends RoleCredentials {
    private static final long serialVersionUID = 1L;

    private final String accessKeyId;
    private final Secret secretKey;
    private String externalId;

    /**
     * Makes a role without external id and with the default policy and duration.
     *
     * @param id how jobs call it; null or empty for an id that is made up
     * @param roleName the role's whole name at the cloud
     */
    @DataBoundConstructor
    public CloudRoleImpl(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull String accessKeyId,
            @CheckForNull Secret secretKey,
            @CheckForNull String roleName) {
        super(scope, id, description, roleName);
        this.accessKeyId = Util.fixNull(accessKeyId).strip();
        this.secretKey = secretKey == null ? Secret.fromString("") : secretKey;
    }

    /** The id of the key that assumes the role. */
    public String getAccessKeyId() {
        return accessKeyId;
    }

    /** The secret of the key that assumes the role. */
    public Secret getSecretKey() {
        return secretKey;
    }

    /**
     * What the role's trust policy requires.
     *
     * @return the external id, or null for none
     */
    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(@CheckForNull String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    @Override
    KeySource source(LookupPlace place) {
        return new KeySource.Assumed(new AccessKey(accessKeyId, secretKey.getPlainText(), null), role(externalId));
    }

    /** The form. Its checks see what was typed and nothing that is stored. */
    @Extension
    @Symbol("cloudRole")
    public static class DescriptorImpl extends RoleDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudRole_displayName();
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

        /** Checks the external id. */
        @POST
        public FormValidation doCheckExternalId(@QueryParameter String value, @QueryParameter String roleName) {
            return RoleFields.checkExternalId(value, roleName);
        }
    }
}

package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.KeySource;
import java.time.Duration;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A role that an access key assumes. The key is part of the credential, so that no job can use it without the role, and
 * no folder can put another key in its place. Temporary keys are in memory only.
 */
@NameWith(value = CloudRoleImpl.NameProvider.class, priority = 1)
public class CloudRoleImpl extends BaseStandardCredentials {
    private static final long serialVersionUID = 1L;
    private static final String SESSION = "jenkins-";

    private final String accessKeyId;
    private final Secret secretKey;
    private final String roleName;
    private String externalId;
    private String policy;
    private int durationSeconds = CloudRole.DEFAULT_SECONDS;

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
        super(scope, id, description);
        this.accessKeyId = Util.fixNull(accessKeyId).strip();
        this.secretKey = secretKey == null ? Secret.fromString("") : secretKey;
        this.roleName = Util.fixNull(roleName).strip();
    }

    /** The id of the key that assumes the role. */
    public String getAccessKeyId() {
        return accessKeyId;
    }

    /** The secret of the key that assumes the role. */
    public Secret getSecretKey() {
        return secretKey;
    }

    /** The role's whole name at the cloud. */
    public String getRoleName() {
        return roleName;
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

    /**
     * The session policy.
     *
     * @return JSON, or null for one that allows the calls of this plugin only
     */
    @CheckForNull
    public String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(@CheckForNull String policy) {
        this.policy = Util.fixEmptyAndTrim(policy);
    }

    /** How long a temporary key is valid, in seconds. */
    public int getDurationSeconds() {
        return durationSeconds;
    }

    /**
     * Sets how long a temporary key is valid.
     *
     * @param durationSeconds seconds; 0 or less for the default
     */
    @DataBoundSetter
    public void setDurationSeconds(int durationSeconds) {
        this.durationSeconds = durationSeconds <= 0 ? CloudRole.DEFAULT_SECONDS : durationSeconds;
    }

    /**
     * The key with its role.
     *
     * @throws IllegalArgumentException if a part breaks a rule; the message names the part and no secret
     */
    KeySource source() {
        return new KeySource(
                new AccessKey(accessKeyId, secretKey.getPlainText(), null),
                new CloudRole(roleName, externalId, policy, Duration.ofSeconds(durationSeconds), SESSION + getId()));
    }

    /** Shows a role in lists by its name at the cloud. */
    public static class NameProvider extends CredentialsNameProvider<CloudRoleImpl> {
        @Override
        @NonNull
        public String getName(@NonNull CloudRoleImpl role) {
            return role.getDescription().isBlank()
                    ? role.getRoleName()
                    : role.getRoleName() + " (" + role.getDescription() + ")";
        }
    }

    /** The form. Its checks see what was typed and nothing that is stored. */
    @Extension
    @Symbol("cloudRole")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        /** A name with the shape of all clouds' names, for the checks of the other fields. */
        private static final String GOOD = "role/any";

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudRole_displayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-key";
        }

        /** The default validity, for the form. */
        public int getDefaultSeconds() {
            return CloudRole.DEFAULT_SECONDS;
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

        /** Checks the role's name. */
        @POST
        public FormValidation doCheckRoleName(@QueryParameter String value) {
            return KeyFields.check(value, name -> role(name, null, null));
        }

        /** Checks the external id. */
        @POST
        public FormValidation doCheckExternalId(@QueryParameter String value) {
            return KeyFields.check(value, id -> role(GOOD, id, null));
        }

        /** Checks the session policy. */
        @POST
        public FormValidation doCheckPolicy(@QueryParameter String value) {
            return KeyFields.check(value, policy -> role(GOOD, null, policy));
        }

        /** Checks the validity. */
        @POST
        public FormValidation doCheckDurationSeconds(@QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.ok()
                    : FormValidation.validateIntegerInRange(value, CloudRole.MIN_SECONDS, CloudRole.MAX_SECONDS);
        }

        private static CloudRole role(
                @CheckForNull String name, @CheckForNull String externalId, @CheckForNull String policy) {
            return new CloudRole(name, externalId, policy, Duration.ofSeconds(CloudRole.DEFAULT_SECONDS), "any");
        }
    }
}

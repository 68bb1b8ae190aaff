package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudRole;
import io.jenkins.plugins.cloudimage.core.KeySource;
import java.time.Duration;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A role at a cloud, whoever assumes it. Its temporary keys are in memory only. */
@NameWith(value = RoleCredentials.NameProvider.class, priority = 1)
public abstract class RoleCredentials extends BaseStandardCredentials {
    private static final long serialVersionUID = 1L;
    private static final String SESSION = "jenkins-";

    private final String roleName;
    private String policy;
    private int durationSeconds = CloudRole.DEFAULT_SECONDS;

    /**
     * Makes a role with the default policy and duration.
     *
     * @param id how jobs call it; null or empty for an id that is made up
     * @param roleName the role's whole name at the cloud
     */
    protected RoleCredentials(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull String roleName) {
        super(scope, id, description);
        this.roleName = Util.fixNull(roleName).strip();
    }

    /** The role's whole name at the cloud. */
    public String getRoleName() {
        return roleName;
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
     * The role with whoever assumes it.
     *
     * @param place where other credentials are looked up
     * @throws IllegalArgumentException if a part breaks a rule; the message names the part and no secret
     * @throws CloudException if another credential is missing
     */
    abstract KeySource source(LookupPlace place) throws CloudException;

    /**
     * The role.
     *
     * @throws IllegalArgumentException if a part breaks a rule; the message names the part
     */
    CloudRole role(@CheckForNull String externalId) {
        return new CloudRole(roleName, externalId, policy, Duration.ofSeconds(durationSeconds), SESSION + getId());
    }

    /** Shows a role in lists by its name at the cloud. */
    public static class NameProvider extends CredentialsNameProvider<RoleCredentials> {
        @Override
        @NonNull
        public String getName(@NonNull RoleCredentials role) {
            return role.getDescription().isBlank()
                    ? role.getRoleName()
                    : role.getRoleName() + " (" + role.getDescription() + ")";
        }
    }

    /** The form of the fields that all roles have. Its checks see what was typed and nothing that is stored. */
    public abstract static class RoleDescriptor extends BaseStandardCredentialsDescriptor {
        @Override
        public String getIconClassName() {
            return "symbol-key";
        }

        /** The default validity, for the form. */
        public int getDefaultSeconds() {
            return CloudRole.DEFAULT_SECONDS;
        }

        /** Checks the role's name. */
        @POST
        public FormValidation doCheckRoleName(@QueryParameter String value) {
            return RoleFields.checkName(value);
        }

        /** Checks the session policy. */
        @POST
        public FormValidation doCheckPolicy(@QueryParameter String value, @QueryParameter String roleName) {
            return RoleFields.checkPolicy(value, roleName);
        }

        /** Checks the validity. */
        @POST
        public FormValidation doCheckDurationSeconds(@QueryParameter String value, @QueryParameter String roleName) {
            String seconds = Util.fixEmptyAndTrim(value);
            if (seconds == null) {
                return FormValidation.ok();
            }
            FormValidation number =
                    FormValidation.validateIntegerInRange(seconds, CloudRole.MIN_SECONDS, CloudRole.MAX_SECONDS);
            return number.kind == FormValidation.Kind.OK ? RoleFields.checkDuration(seconds, roleName) : number;
        }
    }
}

package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.core.InstanceRole;
import io.jenkins.plugins.cloudimage.core.KeySource;
import java.util.Collection;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import org.springframework.security.access.AccessDeniedException;

/**
 * The role of the instance on which the controller runs. Such a role belongs to the controller, so only administrators may
 * save one, by whatever way, and only one in Jenkins' own store is used: whoever may configure a folder can write any
 * credential into its file.
 */
@NameWith(value = InstanceRoleImpl.NameProvider.class, priority = 1)
public class InstanceRoleImpl extends BaseStandardCredentials {
    private static final long serialVersionUID = 1L;

    private final String cloud;
    private String roleName;
    private boolean normalMode;

    /**
     * Makes the role that the instance has.
     *
     * @param id how jobs call it; null or empty for an id that is made up
     * @param cloud the id of a {@link InstanceRole.Platform}
     * @throws AccessDeniedException if the user is no administrator
     */
    @DataBoundConstructor
    public InstanceRoleImpl(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull String cloud) {
        super(scope, id, description);
        this.cloud = Util.fixNull(cloud).strip();
        checkAdministrator();
    }

    /** What is in Jenkins' files is read by the system; all else that is read comes from the user who sends it. */
    private Object readResolve() {
        checkAdministrator();
        return this;
    }

    private static void checkAdministrator() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        if (jenkins != null && !jenkins.hasPermission(Jenkins.ADMINISTER)) {
            throw new AccessDeniedException(Messages.InstanceRole_administrators());
        }
    }

    /** Whose instance the controller runs on. */
    public String getCloud() {
        return cloud;
    }

    /**
     * The role's name, without account.
     *
     * @return the name, or null for the role that the instance has
     */
    @CheckForNull
    public String getRoleName() {
        return roleName;
    }

    @DataBoundSetter
    public void setRoleName(@CheckForNull String roleName) {
        this.roleName = Util.fixEmptyAndTrim(roleName);
    }

    /** Whether Alibaba Cloud's metadata service is asked without a token. */
    public boolean isNormalMode() {
        return normalMode;
    }

    @DataBoundSetter
    public void setNormalMode(boolean normalMode) {
        this.normalMode = normalMode;
    }

    /**
     * The role.
     *
     * @throws IllegalArgumentException if a part breaks a rule, or if this is not in Jenkins' own store; the message says so
     */
    KeySource source() {
        boolean own = SystemCredentialsProvider.getInstance().getDomainCredentialsMap().values().stream()
                .flatMap(Collection::stream)
                // Credentials with the same id are equal.
                .anyMatch(each -> each == this);
        if (!own) {
            throw new IllegalArgumentException(Messages.InstanceRole_elsewhere());
        }
        return new KeySource.OfInstance(role());
    }

    private InstanceRole role() {
        return new InstanceRole(InstanceRole.Platform.of(cloud), roleName, normalMode);
    }

    /** Shows a role in lists by its cloud or its description. */
    public static class NameProvider extends CredentialsNameProvider<InstanceRoleImpl> {
        @Override
        @NonNull
        public String getName(@NonNull InstanceRoleImpl role) {
            String name = role.roleName == null ? Messages.InstanceRole_displayName() : role.roleName;
            String more = role.getDescription().isBlank() ? role.cloud : role.getDescription();
            return name + " (" + more + ")";
        }
    }

    /** The form. */
    @Extension
    @Symbol("instanceRole")
    public static class DescriptorImpl extends BaseStandardCredentialsDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.InstanceRole_displayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-key";
        }

        /** Not for folders and users. */
        @Override
        public boolean isApplicable(CredentialsProvider provider) {
            return provider instanceof SystemCredentialsProvider.ProviderImpl;
        }

        /** Offers the clouds whose instances have roles. */
        @POST
        public ListBoxModel doFillCloudItems() {
            ListBoxModel items = new ListBoxModel();
            for (InstanceRole.Platform platform : InstanceRole.Platform.values()) {
                items.add(platform.displayName(), platform.id());
            }
            return items;
        }

        /** Checks the role's name. */
        @POST
        public FormValidation doCheckRoleName(@QueryParameter String value) {
            return KeyFields.check(value, name -> new InstanceRole(InstanceRole.Platform.ALIBABA, name, false));
        }
    }
}

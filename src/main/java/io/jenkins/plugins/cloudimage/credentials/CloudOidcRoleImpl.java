package io.jenkins.plugins.cloudimage.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.KeySource;
import io.jenkins.plugins.cloudimage.core.WebIdentity;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * A role that the token of an OpenID Connect provider assumes, so that no key of the cloud is stored. The token is that
 * of another credential, and is looked up anew each time, in the build that needs it: a build gets its own.
 */
public class CloudOidcRoleImpl extends RoleCredentials {
    private static final long serialVersionUID = 1L;

    private final String provider;
    private final String tokenCredentialsId;

    /**
     * Makes a role with the default policy and duration.
     *
     * @param id how jobs call it; null or empty for an id that is made up
     * @param roleName the role's whole name at the cloud
     * @param provider the identity provider's name at the cloud
     * @param tokenCredentialsId the id of the credential with the token
     */
    @DataBoundConstructor
    public CloudOidcRoleImpl(
            @CheckForNull CredentialsScope scope,
            @CheckForNull String id,
            @CheckForNull String description,
            @CheckForNull String roleName,
            @CheckForNull String provider,
            @CheckForNull String tokenCredentialsId) {
        super(scope, id, description, roleName);
        this.provider = Util.fixNull(provider).strip();
        this.tokenCredentialsId = Util.fixNull(tokenCredentialsId).strip();
    }

    /** The identity provider's name at the cloud. */
    public String getProvider() {
        return provider;
    }

    /** The id of the credential with the token. */
    public String getTokenCredentialsId() {
        return tokenCredentialsId;
    }

    @Override
    KeySource source(LookupPlace place) throws CloudException {
        return new KeySource.Assumed(
                new WebIdentity(
                        provider,
                        place.holder() + "\n" + tokenCredentialsId,
                        OidcTokens.find(place, tokenCredentialsId)),
                role(null));
    }

    /** The form. */
    @Extension
    @Symbol("cloudOidcRole")
    public static class DescriptorImpl extends RoleDescriptor {
        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.CloudOidcRole_displayName();
        }

        /** Checks the identity provider's name. */
        @POST
        public FormValidation doCheckProvider(@QueryParameter String value) {
            return KeyFields.check(value, name -> new WebIdentity(name, "any", () -> ""));
        }

        /**
         * Offers the secret texts and secret files.
         *
         * @return the choices; only the present value to those who may not see credentials
         */
        @POST
        public ListBoxModel doFillTokenCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String tokenCredentialsId) {
            return CredentialsField.tokens(item, tokenCredentialsId);
        }

        /** Checks that a credential is chosen. Each job looks it up for itself, so it need not exist here. */
        @POST
        public FormValidation doCheckTokenCredentialsId(@QueryParameter String value) {
            return KeyFields.check(value, OidcTokens::checkId);
        }
    }
}

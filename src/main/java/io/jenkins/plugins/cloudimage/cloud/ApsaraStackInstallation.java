package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.config.EndpointProperty;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraSettings;
import java.util.HashMap;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The settings of an installation of Apsara Stack, besides its address; {@link ApsaraSettings} describes the fields. */
public class ApsaraStackInstallation extends EndpointProperty {
    private final String gateway;
    private String version;
    private String organizationId;
    private String resourceSetId;

    /** The gateway behind the address: {@code pop}, {@code asapi} or {@code route}. */
    @DataBoundConstructor
    public ApsaraStackInstallation(String gateway) {
        this.gateway = Util.fixEmptyAndTrim(gateway);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(ApsaraSettings.GATEWAY, Util.fixNull(gateway));
        settings.put(ApsaraSettings.VERSION, Util.fixNull(version));
        settings.put(ApsaraSettings.ORGANIZATION, Util.fixNull(organizationId));
        settings.put(ApsaraSettings.RESOURCE_SET, Util.fixNull(resourceSetId));
        return settings;
    }

    @CheckForNull
    public String getGateway() {
        return gateway;
    }

    @CheckForNull
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(@CheckForNull String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    @CheckForNull
    public String getOrganizationId() {
        return organizationId;
    }

    @DataBoundSetter
    public void setOrganizationId(@CheckForNull String organizationId) {
        this.organizationId = Util.fixEmptyAndTrim(organizationId);
    }

    @CheckForNull
    public String getResourceSetId() {
        return resourceSetId;
    }

    @DataBoundSetter
    public void setResourceSetId(@CheckForNull String resourceSetId) {
        this.resourceSetId = Util.fixEmptyAndTrim(resourceSetId);
    }

    /** The form. */
    @Extension
    @Symbol(ApsaraProvider.ID)
    public static class DescriptorImpl extends Descriptor<EndpointProperty> {
        @Override
        public String getDisplayName() {
            return Messages.ApsaraStackInstallation_displayName();
        }

        /** Offers the gateways, without a default. */
        @POST
        public ListBoxModel doFillGatewayItems() {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ApsaraStackInstallation_chooseGateway(), "");
            items.add(Messages.ApsaraStackInstallation_pop(), ApsaraSettings.Gateway.POP.id());
            items.add(Messages.ApsaraStackInstallation_asapi(), ApsaraSettings.Gateway.ASAPI.id());
            items.add(Messages.ApsaraStackInstallation_route(), ApsaraSettings.Gateway.ROUTE.id());
            return items;
        }

        /** Checks that a gateway is chosen. */
        @POST
        public FormValidation doCheckGateway(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            if (ApsaraSettings.Gateway.ROUTE.id().equals(value)) {
                return FormValidation.warning(Messages.ApsaraStackInstallation_unverified());
            }
            return check(new ApsaraStackInstallation(value));
        }

        /** Checks that a resource set has its organization. */
        @POST
        public FormValidation doCheckResourceSetId(
                @QueryParameter String value, @QueryParameter String organizationId) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            ApsaraStackInstallation installation = new ApsaraStackInstallation(ApsaraSettings.Gateway.POP.id());
            installation.setOrganizationId(organizationId);
            installation.setResourceSetId(value);
            return check(installation);
        }

        private static FormValidation check(ApsaraStackInstallation installation) {
            try {
                ApsaraSettings.of(installation.settings());
                return FormValidation.ok();
            } catch (CloudException e) {
                return FormValidation.error(e.error().text());
            }
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.alibaba.ecsapi.EcsApiRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraImageRequest;
import io.jenkins.plugins.cloudimage.core.apsara.ApsaraProvider;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Apsara Stack's parameters; {@link ApsaraImageRequest} says what each means. The endpoint is the installation, so it
 * has to be given.
 */
public class ApsaraStackSettings extends EcsApiSettings {
    private static final long serialVersionUID = 1L;

    private String organizationId;
    private String resourceSetId;

    /**
     * Makes settings for a region.
     *
     * @param region for example {@code cn-qingdao-env17-d01}
     */
    @DataBoundConstructor
    public ApsaraStackSettings(String region) {
        super(region);
    }

    @Override
    public EcsApiRequest request(String imageName, String description) {
        return new ApsaraImageRequest(
                getRegion(),
                imageName,
                description,
                getInstanceId(),
                getSnapshotId(),
                disks(),
                getPlatform(),
                getArchitecture(),
                getResourceGroupId(),
                imageTags(),
                organizationId,
                resourceSetId);
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

    /** The form. Public clouds come first in the list, because this one needs an administrator's configuration. */
    @Extension(ordinal = -1)
    @Symbol(ApsaraProvider.ID)
    public static class DescriptorImpl extends EcsApiSettingsDescriptor {
        /** Makes the form. */
        public DescriptorImpl() {
            super(ApsaraStackSettings.class, ApsaraProvider.ID);
        }

        @Override
        protected ApsaraStackSettings empty(String region) {
            return new ApsaraStackSettings(region);
        }

        /** In an installation a key may be limited to an organization. */
        @Override
        protected CloudSettings connecting(UnaryOperator<String> field) {
            ApsaraStackSettings settings = (ApsaraStackSettings) super.connecting(field);
            settings.setOrganizationId(field.apply("organizationId"));
            settings.setResourceSetId(field.apply("resourceSetId"));
            return settings;
        }

        @Override
        protected List<String> platforms() {
            return ApsaraImageRequest.PLATFORMS;
        }

        @Override
        protected List<String> architectures() {
            return ApsaraImageRequest.ARCHITECTURES;
        }

        /** Checks the organization. */
        @POST
        public FormValidation doCheckOrganizationId(@QueryParameter String value) {
            ApsaraStackSettings settings = new ApsaraStackSettings("");
            settings.setOrganizationId(value);
            return new FieldCheck("organizationId", value).by(settings.request("", null));
        }

        /** Checks the resource set. */
        @POST
        public FormValidation doCheckResourceSetId(@QueryParameter String value) {
            ApsaraStackSettings settings = new ApsaraStackSettings("");
            settings.setResourceSetId(value);
            return new FieldCheck("resourceSetId", value).by(settings.request("", null));
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudImageRequest;
import io.jenkins.plugins.cloudimage.core.jdcloud.JdCloudProvider;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** JD Cloud's parameters; {@link JdCloudImageRequest} says what each means. */
public class JdCloudSettings extends CloudSettings {
    private static final long serialVersionUID = 1L;

    private List<JdCloudDataDisk> dataDisks;

    /**
     * Makes settings for a region.
     *
     * @param region for example {@code cn-north-1}
     */
    @DataBoundConstructor
    public JdCloudSettings(String region) {
        super(region);
    }

    @Override
    public ImageRequest request(String imageName, String description) {
        return new JdCloudImageRequest(
                getRegion(),
                imageName,
                description,
                getInstanceId(),
                getDataDisks().stream().map(JdCloudDataDisk::spec).toList());
    }

    public List<JdCloudDataDisk> getDataDisks() {
        return list(dataDisks);
    }

    @DataBoundSetter
    public void setDataDisks(List<JdCloudDataDisk> dataDisks) {
        this.dataDisks = keep(dataDisks);
    }

    /** The form. */
    @Extension
    @Symbol(JdCloudProvider.ID)
    public static class DescriptorImpl extends CloudSettingsDescriptor {
        /** Makes the form. */
        public DescriptorImpl() {
            super(JdCloudSettings.class, JdCloudProvider.ID);
        }

        @Override
        protected CloudSettings empty(String region) {
            return new JdCloudSettings(region);
        }

        /** Checks the instance. */
        @POST
        public FormValidation doCheckInstanceId(@QueryParameter String value) {
            return new FieldCheck("instanceId", value)
                    .by(new JdCloudImageRequest("", "", null, Util.fixEmptyAndTrim(value), List.of()));
        }
    }
}

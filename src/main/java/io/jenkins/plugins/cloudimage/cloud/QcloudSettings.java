package io.jenkins.plugins.cloudimage.cloud;

import hudson.Extension;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudImageRequest;
import io.jenkins.plugins.cloudimage.core.qcloud.QcloudProvider;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The parameters of Tencent's legacy API v2; {@link QcloudImageRequest} says what each means. */
public class QcloudSettings extends CloudSettings {
    private static final long serialVersionUID = 1L;

    /**
     * Makes settings for a region.
     *
     * @param region for example {@code ap-guangzhou}
     */
    @DataBoundConstructor
    public QcloudSettings(String region) {
        super(region);
    }

    @Override
    public ImageRequest request(String imageName, String description) {
        return new QcloudImageRequest(getRegion(), imageName, description, getInstanceId());
    }

    /** The form, last in the list, because Tencent may discontinue this API. */
    @Extension(ordinal = -2)
    @Symbol(QcloudProvider.ID)
    public static class DescriptorImpl extends CloudSettingsDescriptor {
        /** Makes the form. */
        public DescriptorImpl() {
            super(QcloudSettings.class, QcloudProvider.ID);
        }

        @Override
        protected CloudSettings empty(String region) {
            return new QcloudSettings(region);
        }

        /** Checks the instance. */
        @POST
        public FormValidation doCheckInstanceId(@QueryParameter String value) {
            return new FieldCheck("instanceId", value)
                    .by(new QcloudImageRequest("", "", null, Util.fixEmptyAndTrim(value)));
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import java.io.Serializable;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A tag of an image; {@link ImageTag} says what each field means. */
public class EcsImageTag extends AbstractDescribableImpl<EcsImageTag> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String key;
    private String value;

    /** Makes a tag without a value. */
    @DataBoundConstructor
    public EcsImageTag(String key) {
        this.key = Util.fixEmptyAndTrim(key);
    }

    ImageTag tag() {
        return new ImageTag(key, value);
    }

    public String getKey() {
        return key;
    }

    @CheckForNull
    public String getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(@CheckForNull String value) {
        this.value = Util.fixEmpty(value);
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<EcsImageTag> {
        @Override
        public String getDisplayName() {
            return Messages.EcsImageTag_displayName();
        }

        /** Checks the key. */
        @POST
        public FormValidation doCheckKey(@QueryParameter String value) {
            return new FieldCheck("tags", value).by(request(value, null));
        }

        /** Checks the value. */
        @POST
        public FormValidation doCheckValue(@QueryParameter String value) {
            return new FieldCheck("tags", value).by(request("key", value));
        }

        private static ImageRequest request(String key, String value) {
            EcsImageTag tag = new EcsImageTag(key);
            tag.setValue(value);
            EcsApiSettings settings = new AlibabaEcsSettings("");
            settings.setTags(List.of(tag));
            return settings.request("", null);
        }
    }
}

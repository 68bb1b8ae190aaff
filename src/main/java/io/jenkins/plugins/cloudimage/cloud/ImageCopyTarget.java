package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.CopySupport;
import io.jenkins.plugins.cloudimage.core.CopyTarget;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A region into which the step copies the image. A Jenkinsfile writes a map, or only the region. */
public class ImageCopyTarget extends AbstractDescribableImpl<ImageCopyTarget> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String region;
    private String name;
    private boolean encrypt;
    private String kmsKeyId;

    /** Makes a target for a copy with the image's own name. */
    @DataBoundConstructor
    public ImageCopyTarget(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /**
     * What is wanted of the cloud.
     *
     * @param expand replaces the variables in a text
     */
    public CopyTarget target(UnaryOperator<String> expand) {
        return new CopyTarget(expanded(region, expand), expanded(name, expand), encrypt, expanded(kmsKeyId, expand));
    }

    @CheckForNull
    private static String expanded(@CheckForNull String text, UnaryOperator<String> expand) {
        return text == null ? null : expand.apply(text);
    }

    public String getRegion() {
        return region;
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(@CheckForNull String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public boolean isEncrypt() {
        return encrypt;
    }

    @DataBoundSetter
    public void setEncrypt(boolean encrypt) {
        this.encrypt = encrypt;
    }

    @CheckForNull
    public String getKmsKeyId() {
        return kmsKeyId;
    }

    @DataBoundSetter
    public void setKmsKeyId(@CheckForNull String kmsKeyId) {
        this.kmsKeyId = Util.fixEmptyAndTrim(kmsKeyId);
    }

    /** Turns the regions of a Jenkinsfile into maps, and texts into flags. */
    public static Map<String, Object> understand(Map<String, Object> arguments) {
        if (!(arguments.get(CopySupport.FIELD) instanceof List<?> list)) {
            return arguments;
        }
        Map<String, Object> understood = new HashMap<>(arguments);
        understood.put(
                CopySupport.FIELD,
                list.stream().map(ImageCopyTarget::understood).toList());
        return understood;
    }

    private static Object understood(Object element) {
        if (element instanceof CharSequence region) {
            return Map.of("region", region.toString());
        }
        if (!(element instanceof Map<?, ?> map)) {
            return element;
        }
        Map<String, Object> target = new HashMap<>();
        map.forEach((key, value) -> target.put(String.valueOf(key), value));
        return Flags.understand(ImageCopyTarget.class, target);
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<ImageCopyTarget> {
        @Override
        public String getDisplayName() {
            return Messages.ImageCopyTarget_displayName();
        }

        /** The ids of the clouds that encrypt copies, separated by spaces; the form offers it there. */
        public String getEncryptingClouds() {
            return CloudSettingsDescriptor.idsOf(
                    provider -> provider.capabilities().copies() != null
                            && provider.capabilities().copies().encryption());
        }

        /** The ids of the clouds whose copies can have a name of their own, separated by spaces; the form offers it there. */
        public String getNamingClouds() {
            return CloudSettingsDescriptor.idsOf(
                    provider -> provider.capabilities().copies() != null
                            && !provider.capabilities().copies().byNameOnly());
        }

        /** Checks that there is a region code; the build checks it with its variables. */
        @POST
        public FormValidation doCheckRegion(@QueryParameter String value) {
            if (value.contains("${")) {
                return FormValidation.ok();
            }
            Rules rules = new Rules();
            CopySupport.checkRegion(rules, value);
            return rules.problems().isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(rules.problems().get(0).message());
        }

        /** Checks that a key belongs to an encrypted copy. */
        @POST
        public FormValidation doCheckKmsKeyId(@QueryParameter String value, @QueryParameter boolean encrypt) {
            return Util.fixEmptyAndTrim(value) != null && !encrypt
                    ? FormValidation.error(Messages.ImageCopyTarget_keyAlone())
                    : FormValidation.ok();
        }
    }
}

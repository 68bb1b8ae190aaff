package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.cloudimage.core.ImageTag;
import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A tag that the step gives to an image on any cloud with tags. The form lists tags; a Jenkinsfile writes a map. */
public class UserTag extends AbstractDescribableImpl<UserTag> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String TAGS = "tags";

    private final String key;
    private String value;

    /** Makes a tag without a value. */
    @DataBoundConstructor
    public UserTag(String key) {
        this.key = Util.fixEmptyAndTrim(key);
    }

    public ImageTag tag() {
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

    /** Turns the map of a Jenkinsfile into the list of the form. */
    public static Map<String, Object> understand(Map<String, Object> arguments) {
        if (!(arguments.get(TAGS) instanceof Map<?, ?> map)) {
            return arguments;
        }
        Map<String, Object> understood = new HashMap<>(arguments);
        understood.put(
                TAGS,
                map.entrySet().stream()
                        .map(tag -> Map.of(
                                "key",
                                Objects.toString(tag.getKey(), ""),
                                "value",
                                Objects.toString(tag.getValue(), "")))
                        .toList());
        return understood;
    }

    /** Turns the list of the form into a map, for a snippet. A map cannot have a key twice or none. */
    public static UninstantiatedDescribable asMap(UninstantiatedDescribable step) {
        if (!(step.getArguments().get(TAGS) instanceof List<?> list)) {
            return step;
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Object element : list) {
            Map<String, ?> tag = ((UninstantiatedDescribable) element).getArguments();
            String key = (String) tag.get("key");
            if (key == null || map.put(key, Objects.toString(tag.get("value"), "")) != null) {
                return step;
            }
        }
        Map<String, Object> arguments = new LinkedHashMap<>(step.getArguments());
        arguments.put(TAGS, map);
        UninstantiatedDescribable same = new UninstantiatedDescribable(step.getSymbol(), step.getKlass(), arguments);
        same.setModel(step.getModel());
        return same;
    }

    /** The form. */
    @Extension
    public static class DescriptorImpl extends Descriptor<UserTag> {
        @Override
        public String getDisplayName() {
            return Messages.UserTag_displayName();
        }

        /** Checks that there is a key; the rules of its characters are the cloud's. */
        @POST
        public FormValidation doCheckKey(@QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.UserTag_emptyKey())
                    : FormValidation.ok();
        }
    }
}

package io.jenkins.plugins.cloudimage.cloud;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.DescriptorExtensionList;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.CustomEndpoint;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of a cloud's settings. */
public abstract class CloudSettingsDescriptor extends Descriptor<CloudSettings> implements CustomDescribableModel {
    private final String cloud;

    /** Makes the form of a cloud. */
    protected CloudSettingsDescriptor(Class<? extends CloudSettings> type, String cloud) {
        super(type);
        this.cloud = cloud;
    }

    /** The forms of all clouds. */
    public static List<CloudSettingsDescriptor> all() {
        DescriptorExtensionList<CloudSettings, CloudSettingsDescriptor> all =
                Jenkins.get().getDescriptorList(CloudSettings.class);
        return List.copyOf(all);
    }

    /** The ids of the clouds that can do something, separated by spaces, for a field that the form shows only there. */
    public static String idsOf(Predicate<CloudProvider> can) {
        return all().stream()
                .map(CloudSettingsDescriptor::provider)
                .filter(can)
                .map(CloudProvider::id)
                .collect(Collectors.joining(" "));
    }

    /** The cloud. */
    public final CloudProvider provider() {
        return JenkinsClouds.get().provider(cloud);
    }

    @Override
    public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        return Flags.understand(clazz, arguments);
    }

    @Override
    public String getDisplayName() {
        return provider().displayName();
    }

    /**
     * Makes settings for a check.
     *
     * @param region the region; ignored by a cloud that knows none
     * @return settings in which nothing else is set
     */
    protected abstract CloudSettings empty(String region);

    /**
     * Makes settings with what a connection depends on.
     *
     * @param field what was typed into a field of the form, by the field's name; null if the form has none
     * @return settings in which nothing else is set
     */
    protected CloudSettings connecting(UnaryOperator<String> field) {
        CloudSettings settings = empty(field.apply("region"));
        settings.setEndpoint(field.apply("endpoint"));
        return settings;
    }

    /**
     * Finds the form of a cloud.
     *
     * @return the form, or empty if there is no such cloud
     */
    public static Optional<CloudSettingsDescriptor> of(@CheckForNull String cloud) {
        return all().stream()
                .filter(descriptor -> descriptor.cloud.equals(cloud))
                .findFirst();
    }

    /** Checks an image's name by the cloud's rules. */
    public FormValidation checkImageName(@CheckForNull String value) {
        return new FieldCheck("imageName", value).by(empty("").request(value, null));
    }

    /** Checks an image's description by the cloud's rules. */
    public FormValidation checkDescription(@CheckForNull String value) {
        return new FieldCheck("description", value).by(empty("").request("", Util.fixEmptyAndTrim(value)));
    }

    /**
     * Tests the key, for the button Test connection.
     *
     * @return the permission that was proved and those that were not, or why the call failed
     */
    @POST
    public FormValidation doTestConnection(
            StaplerRequest2 request, @AncestorInPath Item item, @QueryParameter String credentialsId) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
            item.checkPermission(CredentialsProvider.USE_ITEM);
        }
        return new ConnectionProbe(ConnectionProbe.PATIENCE)
                .run(connecting(request::getParameter), item, credentialsId);
    }

    /**
     * Writes a list into one text field.
     *
     * @param values the list, or null where there are no settings yet
     * @return its elements, separated by spaces
     */
    public String text(@CheckForNull List<String> values) {
        return values == null ? "" : String.join(" ", values);
    }

    /**
     * Suggests regions; users can enter any other.
     *
     * @return the cloud's regions
     */
    @POST
    public ComboBoxModel doFillRegionItems() {
        return new ComboBoxModel(provider().regions());
    }

    /**
     * Offers the cloud's own endpoint and those of the administrator.
     *
     * @return the endpoints by name; only the first to those who may not configure the job
     */
    @POST
    public ListBoxModel doFillEndpointItems(@AncestorInPath Item item) {
        ListBoxModel items = new ListBoxModel();
        items.add(
                hasOwnEndpoint() ? Messages.CloudSettings_ownEndpoint() : Messages.CloudSettings_chooseEndpoint(), "");
        if (maySeeEndpoints(item)) {
            for (CustomEndpoint endpoint : CloudImageConfiguration.get().getEndpoints()) {
                if (endpoint.getCloud().equals(cloud)) {
                    items.add(endpoint.getName(), endpoint.getName());
                }
            }
        }
        return items;
    }

    /**
     * Checks the endpoint.
     *
     * @return whether calls can go there; nothing to those who may not configure the job
     */
    @POST
    public FormValidation doCheckEndpoint(@AncestorInPath Item item, @QueryParameter String value) {
        String name = Util.fixEmptyAndTrim(value);
        if (!maySeeEndpoints(item)) {
            return FormValidation.ok();
        }
        if (name == null) {
            return hasOwnEndpoint()
                    ? FormValidation.ok()
                    : FormValidation.error(Messages.CloudSettings_endpointMissing(getDisplayName()));
        }
        return CloudImageConfiguration.get().endpoint(cloud, name).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(Messages.CloudSettings_endpointUnknown(name));
    }

    private static boolean maySeeEndpoints(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.EXTENDED_READ);
    }

    /** Whether the cloud has an endpoint of its own does not depend on the region. */
    private boolean hasOwnEndpoint() {
        return provider().endpoint("any") != null;
    }

    /** Checks the format of the region. */
    @POST
    public FormValidation doCheckRegion(@QueryParameter String value) {
        return new FieldCheck("region", value)
                .by(new Rules().region(Util.fixEmptyAndTrim(value)).problems());
    }
}

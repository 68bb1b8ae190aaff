package io.jenkins.plugins.cloudimage.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionPoint;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The cloud settings of a job: the cloud's own parameters and those that all clouds share. Each cloud is a
 * subclass with a symbol, a form and the conversion to the cloud's request.
 */
public abstract class CloudSettings extends AbstractDescribableImpl<CloudSettings>
        implements ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;

    private final String region;
    private String endpoint;
    private String instanceId;

    /**
     * Makes settings for a region.
     *
     * @param region the cloud's region code
     */
    protected CloudSettings(String region) {
        this.region = Util.fixNull(region).strip();
    }

    /**
     * The request that these settings make together with what all clouds share.
     *
     * @param description the image's description, or null
     * @return the request, not yet checked
     */
    public abstract ImageRequest request(String imageName, @CheckForNull String description);

    /**
     * The region of instance and image.
     *
     * @return the cloud's region code
     */
    public String getRegion() {
        return region;
    }

    /**
     * The administrator's endpoint.
     *
     * @return its name, or null for the cloud's own endpoint
     */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    /**
     * Chooses an endpoint of the administrator.
     *
     * @param endpoint its name; empty for the cloud's own
     */
    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    /**
     * The source instance.
     *
     * @return its id, or null if the image has another source
     */
    @CheckForNull
    public String getInstanceId() {
        return instanceId;
    }

    /**
     * Sets the source instance.
     *
     * @param instanceId its id; empty for none
     */
    @DataBoundSetter
    public void setInstanceId(@CheckForNull String instanceId) {
        this.instanceId = Util.fixEmptyAndTrim(instanceId);
    }

    @Override
    public CloudSettingsDescriptor getDescriptor() {
        return (CloudSettingsDescriptor) super.getDescriptor();
    }

    /**
     * Reads a list that is kept with the job.
     *
     * @param <T> what is listed
     * @param kept the list, or null where the job's file has none
     */
    public static <T> List<T> list(@CheckForNull List<T> kept) {
        return kept == null ? List.of() : List.copyOf(kept);
    }

    /**
     * Takes a list as it comes from a Jenkinsfile or a form.
     *
     * @param <T> what is listed
     * @param values the list, or null
     * @return a list that reads well in the job's file, or null if there is nothing in it
     */
    @CheckForNull
    public static <T> List<T> keep(@CheckForNull List<T> values) {
        return values == null || values.isEmpty() ? null : new ArrayList<>(values);
    }

    /**
     * Takes ids as they come from a Jenkinsfile, one in an element, or from a form's text field, all in one.
     *
     * @param values lists separated by commas or white space
     */
    public static List<String> ids(@CheckForNull List<String> values) {
        return values == null
                ? List.of()
                : List.copyOf(values.stream()
                        .flatMap(value -> Stream.of(value.split("[\\s,]+")))
                        .filter(value -> !value.isEmpty())
                        .toList());
    }
}

package io.jenkins.plugins.cloudimage.config;

import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The global configuration: endpoints, poll interval, time-out and tags. */
@Extension
@Symbol("cloudImage")
public class CloudImageConfiguration extends GlobalConfiguration {
    /** The default of the longest interval between two polls, in seconds. */
    public static final int DEFAULT_POLL_SECONDS = 10;

    /** The default time-out, in minutes. */
    public static final int DEFAULT_TIMEOUT_MINUTES = 120;

    private static final int MAX_POLL_SECONDS = 600;

    private List<CustomEndpoint> endpoints = new ArrayList<>();
    private int pollSeconds = DEFAULT_POLL_SECONDS;
    private int timeoutMinutes = DEFAULT_TIMEOUT_MINUTES;
    private boolean provenanceTags = true;

    /** Loads what was saved. */
    public CloudImageConfiguration() {
        load();
    }

    /**
     * The configuration.
     *
     * @return the only one
     */
    public static CloudImageConfiguration get() {
        return ExtensionList.lookupSingleton(CloudImageConfiguration.class);
    }

    /**
     * Further endpoints.
     *
     * @return what jobs may choose besides each cloud's own
     */
    public List<CustomEndpoint> getEndpoints() {
        return endpoints;
    }

    /**
     * Replaces the further endpoints.
     *
     * @throws CustomEndpoint.UnusableException if one of them cannot work; then none is replaced
     */
    @DataBoundSetter
    public void setEndpoints(List<CustomEndpoint> endpoints) {
        List<CustomEndpoint> wanted = endpoints == null ? new ArrayList<>() : new ArrayList<>(endpoints);
        wanted.forEach(CustomEndpoint::check);
        this.endpoints = wanted;
        save();
    }

    /**
     * The longest interval between two polls.
     *
     * @return the pause in seconds, 1 to 600
     */
    public int getPollSeconds() {
        return pollSeconds;
    }

    /**
     * Sets the longest interval between two polls.
     *
     * @param pollSeconds seconds; what is outside of 1 to 600 is brought inside
     */
    @DataBoundSetter
    public void setPollSeconds(int pollSeconds) {
        this.pollSeconds = Math.max(1, Math.min(MAX_POLL_SECONDS, pollSeconds));
        save();
    }

    /** The longest interval between two polls. */
    public Duration pollInterval() {
        return Duration.ofSeconds(pollSeconds);
    }

    /**
     * The time-out of jobs that set none.
     *
     * @return minutes, at least 1
     */
    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    /**
     * Sets the time-out of jobs that set none. Steps that already wait keep theirs.
     *
     * @param timeoutMinutes minutes; less than 1 for the default
     */
    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes < 1 ? DEFAULT_TIMEOUT_MINUTES : timeoutMinutes;
        save();
    }

    /** The time-out of jobs that set none. */
    public Duration timeout() {
        return Duration.ofMinutes(timeoutMinutes);
    }

    /** Whether images get tags that tell where they come from, on clouds that have tags. */
    public boolean isProvenanceTags() {
        return provenanceTags;
    }

    @DataBoundSetter
    public void setProvenanceTags(boolean provenanceTags) {
        this.provenanceTags = provenanceTags;
        save();
    }

    /**
     * Finds an endpoint of a cloud.
     *
     * @return the endpoint, or empty if the cloud has none of that name
     */
    public Optional<CustomEndpoint> endpoint(String cloud, String name) {
        return endpoints.stream()
                .filter(endpoint ->
                        endpoint.getCloud().equals(cloud) && endpoint.getName().equals(name))
                .findFirst();
    }

    @Override
    public boolean configure(StaplerRequest2 request, net.sf.json.JSONObject json) throws FormException {
        List<CustomEndpoint> before = endpoints;
        // A repeatable list from which all was removed is not sent at all.
        endpoints = new ArrayList<>();
        try (BulkChange all = new BulkChange(this)) {
            request.bindJSON(this, json);
            all.commit();
        } catch (RuntimeException e) {
            endpoints = before;
            throw refused(e);
        } catch (IOException e) {
            throw new FormException(e, "endpoints");
        }
        return true;
    }

    /** Shows the reason why an endpoint is not valid, which the form binding wraps. */
    private static FormException refused(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CustomEndpoint.UnusableException) {
                return new FormException(cause.getMessage(), e, "endpoints");
            }
        }
        throw e;
    }

    /** Checks the interval. */
    @POST
    public FormValidation doCheckPollSeconds(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validateIntegerInRange(value, 1, MAX_POLL_SECONDS);
    }

    /**
     * Checks the time-out.
     *
     * @return whether it is a number of minutes
     */
    @POST
    public FormValidation doCheckTimeoutMinutes(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return FormValidation.validatePositiveInteger(value);
    }
}

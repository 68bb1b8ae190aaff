package io.jenkins.plugins.cloudimage.config;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.util.Map;

/** What an endpoint of one cloud needs besides its address. A cloud whose endpoints need nothing more has no subclass. */
public abstract class EndpointProperty implements Describable<EndpointProperty>, ExtensionPoint {
    /** Settings of the connections to the endpoint, under names that the cloud's package defines. */
    public abstract Map<String, String> settings();
}

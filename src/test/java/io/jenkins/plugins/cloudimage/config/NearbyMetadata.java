package io.jenkins.plugins.cloudimage.config;

import hudson.ExtensionList;
import io.jenkins.plugins.cloudimage.core.http.MetadataRoute;
import java.net.URI;

/** Lets a Jenkins of a test find a fake metadata service. */
public final class NearbyMetadata {
    private NearbyMetadata() {}

    /** Leads the calls to a metadata service elsewhere. */
    public static void serve(String host, URI address) {
        ExtensionList.lookupSingleton(JenkinsClouds.class)
                .network(transport -> MetadataRoute.to(transport, host, address));
    }
}

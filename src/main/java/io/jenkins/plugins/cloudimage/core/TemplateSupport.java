package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.net.URI;
import java.util.function.Function;

/**
 * How a cloud lists the launch templates and scaling configurations that name images.
 *
 * @param scaling the public endpoint of the service for scaling groups in a region, or null if the cloud's scaling groups use
 *     its launch templates only
 */
public record TemplateSupport(@CheckForNull Function<String, URI> scaling) {

    /** The public endpoint of the service for scaling groups in a region, or null if none is needed. */
    @CheckForNull
    public URI scalingEndpoint(String region) {
        return scaling == null ? null : scaling.apply(region);
    }

    /** The failure of a connection that does not know the service for scaling groups. */
    public static CloudException noScalingService() {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.TemplateSupport_noScaling())
                .advice(Messages.TemplateSupport_addScaling())
                .exception();
    }

    /**
     * Whether everything can be listed.
     *
     * @param endpoint the endpoint of the service for scaling groups that a connection has, or null
     */
    public boolean isComplete(@CheckForNull URI endpoint) {
        return scaling == null || endpoint != null;
    }
}

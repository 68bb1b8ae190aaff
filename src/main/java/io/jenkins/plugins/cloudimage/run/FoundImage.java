package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image that a build has found, as it is saved with the build and shown on its page and in its REST API. Immutable. */
@ExportedBean(defaultVisibility = 3)
public final class FoundImage {
    private final String id;
    private final String name;
    private final String cloud;
    private final String region;
    private final String variable;
    private final long found;

    FoundImage(CloudImage image, String cloud, String region, String variable, Instant now) {
        this.id = image.id();
        this.name = image.name();
        this.cloud = cloud;
        this.region = region;
        this.variable = variable;
        this.found = now.toEpochMilli();
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getCloud() {
        return cloud;
    }

    public String getCloudName() {
        return JenkinsClouds.get().provider(cloud).displayName();
    }

    @Exported
    public String getRegion() {
        return region;
    }

    @Exported
    public String getVariable() {
        return variable;
    }

    /** When it was found, in milliseconds since 1970. */
    @Exported
    public long getFound() {
        return found;
    }

    /** Whether it takes the place of another one: a search that began again after a restart finds its image twice. */
    boolean replaces(FoundImage other) {
        return id.equals(other.id) && variable.equals(other.variable);
    }
}

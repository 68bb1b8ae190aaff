package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.CloudImageConfiguration;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.Provenance;

/** Adds tags to an image that tell which build makes it, unless the administrator does not want them. */
final class BuildProvenance {
    /** The Git plugin sets it where it checks out; other systems have no such variable. */
    private static final String COMMIT = "GIT_COMMIT";

    private BuildProvenance() {}

    static ImageRequest addTo(ImageRequest request, Run<?, ?> run, @CheckForNull EnvVars environment)
            throws CloudException {
        if (!CloudImageConfiguration.get().isProvenanceTags()) {
            return request;
        }
        Provenance provenance = new Provenance(
                run.getParent().getFullName(),
                Integer.toString(run.getNumber()),
                environment == null ? null : environment.get(COMMIT));
        return provenance.addTo(
                request, JenkinsClouds.get().of(request).capabilities().tags());
    }
}

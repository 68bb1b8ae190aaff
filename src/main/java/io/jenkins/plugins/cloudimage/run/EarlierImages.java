package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.util.Comparator;

/** Durations of earlier images of a job. */
final class EarlierImages {
    /** The number of builds to look at: each is read from the disk. */
    private static final int BUILDS = 10;

    private EarlierImages() {}

    /**
     * How long the last image of the same instance took.
     *
     * @return milliseconds, or null if the last builds made none
     */
    @CheckForNull
    static Long lastDuration(Run<?, ?> run, ImageRequest request) {
        String cloud = JenkinsClouds.get().of(request).id();
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; i < BUILDS && earlier != null; i++) {
            CloudImageAction action = earlier.getAction(CloudImageAction.class);
            Long took = action == null
                    ? null
                    : action.getImages().stream()
                            .filter(image -> image.isMadeLike(request, cloud))
                            .max(Comparator.comparing(ImageEntry::getStarted))
                            .map(ImageEntry::getDuration)
                            .orElse(null);
            if (took != null) {
                return took;
            }
            earlier = earlier.getPreviousBuild();
        }
        return null;
    }
}

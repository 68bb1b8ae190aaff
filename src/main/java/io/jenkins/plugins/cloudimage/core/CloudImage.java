package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * An image as the cloud describes it at one moment.
 *
 * @param name the name, exactly as the cloud returns it
 * @param cloudState the cloud's name of the state
 * @param percent the progress in percent, 0 to 100, or null if the cloud does not report it
 * @param created when the image was created by the cloud's clock, or null if the cloud does not report it
 * @param sourceId the source instance, or null if the cloud does not report it
 */
public record CloudImage(
        String id,
        String name,
        ImageState state,
        String cloudState,
        @CheckForNull Integer percent,
        @CheckForNull Instant created,
        @CheckForNull String sourceId,
        @CheckForNull String description) {

    /** Removes secrets and control characters from what is shown to people. */
    public CloudImage {
        cloudState = Redaction.line(cloudState);
    }
}

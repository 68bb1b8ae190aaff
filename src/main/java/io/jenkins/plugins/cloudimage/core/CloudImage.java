package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Instant;

/**
 * An image as its cloud describes it at one moment.
 *
 * @param name the name, exactly as the cloud returns it
 * @param cloudState the cloud's own word for the state
 * @param percent how much of it is done as the cloud says, 0 to 100, or null where it says nothing
 * @param created when the cloud says that the image was made, or null where it says nothing
 * @param sourceId the instance that it was made from, or null where the cloud does not say
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

    /** Cleans what is shown to people. */
    public CloudImage {
        cloudState = Redaction.line(cloudState);
    }
}

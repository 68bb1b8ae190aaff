package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * The response to a create call that the cloud accepted.
 *
 * @param imageId the new image's id, or null if the response has none; the image is then found by its name
 * @param requestId the cloud's id of the request, which its support asks for, or null
 * @param dryRun whether this was a dry run that passed, so that no image is made
 */
public record CreateAnswer(
        @CheckForNull String imageId, @CheckForNull String requestId, boolean dryRun) {

    /** Removes secrets and control characters from what is shown to people. */
    public CreateAnswer {
        requestId = requestId == null ? null : Redaction.line(requestId);
    }
}

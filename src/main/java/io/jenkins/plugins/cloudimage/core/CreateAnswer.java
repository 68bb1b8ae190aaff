package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What a cloud answered to a create that it accepted.
 *
 * @param imageId the new image's id, or null where the cloud names none; the image is then found by its name
 * @param requestId the cloud's id of the request, for its support, or null
 * @param dryRun whether this was a dry run that passed: no image exists or will exist
 */
public record CreateAnswer(
        @CheckForNull String imageId, @CheckForNull String requestId, boolean dryRun) {

    /** Cleans what is shown to people. */
    public CreateAnswer {
        requestId = requestId == null ? null : Redaction.line(requestId);
    }
}

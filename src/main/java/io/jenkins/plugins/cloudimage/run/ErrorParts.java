package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.OneLine;

/** An error as administrators read it, part by part. */
public final class ErrorParts {
    private final CloudError error;

    private ErrorParts(CloudError error) {
        this.error = error;
    }

    @CheckForNull
    static ErrorParts of(@CheckForNull CloudError error) {
        return error == null ? null : new ErrorParts(error);
    }

    /** What went wrong, in a few words. */
    public String getKindText() {
        return ImageTexts.error(error.kind());
    }

    /** The cloud's own code, or null if the cloud gave none. */
    @CheckForNull
    public String getCode() {
        return error.code();
    }

    /** What happened, in the cloud's words where it gave any. */
    public String getMessage() {
        return OneLine.of(error.message());
    }

    /** What to do, or null. */
    @CheckForNull
    public String getAdvice() {
        return error.advice().isEmpty() ? null : OneLine.of(error.advice());
    }

    /** The cloud's id of the request, for its support, or null. */
    @CheckForNull
    public String getRequestId() {
        return error.requestId();
    }
}

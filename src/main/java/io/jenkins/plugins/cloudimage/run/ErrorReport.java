package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.OneLine;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An error as administrators and their programs read it. */
@ExportedBean(defaultVisibility = 4)
public final class ErrorReport {
    private final CloudError error;

    private ErrorReport(CloudError error) {
        this.error = error;
    }

    @CheckForNull
    static ErrorReport of(@CheckForNull CloudError error) {
        return error == null ? null : new ErrorReport(error);
    }

    /** What went wrong, as the exception of the step calls it, for example {@code PERMISSION}. */
    @Exported
    public String getKind() {
        return error.kind().name();
    }

    /** The same in a few words. */
    public String getKindText() {
        return ImageWords.error(error.kind());
    }

    /** The cloud's own code, or null if the cloud gave none. */
    @Exported
    @CheckForNull
    public String getCode() {
        return error.code();
    }

    /** What happened, in the cloud's words where it gave any. */
    @Exported
    public String getMessage() {
        return OneLine.of(error.message());
    }

    /** What to do, or null. */
    @Exported
    @CheckForNull
    public String getAdvice() {
        return error.advice().isEmpty() ? null : OneLine.of(error.advice());
    }

    /** The cloud's id of the request, for its support, or null. */
    @Exported
    @CheckForNull
    public String getRequestId() {
        return error.requestId();
    }
}

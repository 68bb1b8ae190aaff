package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * A failure, told so that a program can decide and a person knows what to do. It is plain data that can be kept in the
 * ledger, the manifest and a build. Texts from outside are cleaned of secrets on the way in.
 *
 * @param acted whether the cloud may have carried out the call
 * @param message what happened, in the cloud's words where it gave any
 * @param advice one sentence that says what to do
 * @param code the cloud's own error code, or null
 * @param requestId the cloud's id of the request, for its support, or null
 * @param retryAfter how long the cloud asks us to wait, or null
 */
public record CloudError(
        ErrorKind kind,
        Acted acted,
        String message,
        String advice,
        @CheckForNull String code,
        @CheckForNull String requestId,
        @CheckForNull Duration retryAfter) {

    /** Cleans the texts that come from outside. */
    public CloudError {
        message = Redaction.clean(message);
        code = code == null ? null : Redaction.line(code);
        requestId = requestId == null ? null : Redaction.line(requestId);
    }

    /** Begins an error. */
    public static CloudError of(ErrorKind kind, Acted acted) {
        return new CloudError(kind, acted, "", "", null, null, null);
    }

    /** Sets what happened. */
    public CloudError message(String text) {
        return new CloudError(kind, acted, text, advice, code, requestId, retryAfter);
    }

    /** Sets what to do. */
    public CloudError advice(String text) {
        return new CloudError(kind, acted, message, text, code, requestId, retryAfter);
    }

    /** Sets what the cloud calls it. */
    public CloudError code(@CheckForNull String cloudCode, @CheckForNull String id) {
        return new CloudError(kind, acted, message, advice, cloudCode, id, retryAfter);
    }

    /** Sets how long the cloud asks us to wait. */
    public CloudError retryAfter(@CheckForNull Duration pause) {
        return new CloudError(kind, acted, message, advice, code, requestId, pause);
    }

    /** The whole error as text for a log. */
    public String text() {
        StringBuilder text = new StringBuilder(message);
        if (code != null) {
            text.append(" [").append(code).append(']');
        }
        if (requestId != null) {
            text.append(" ").append(Messages.CloudError_requestId(requestId));
        }
        if (!advice.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append("→ ").append(advice);
        }
        return text.toString();
    }

    /** This error, to be thrown. */
    public CloudException exception() {
        return new CloudException(this, null);
    }
}

package io.jenkins.plugins.cloudimage.core;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;

/**
 * A failure, with what a program needs to decide and a person needs to fix it. It is plain data that the ledger, the
 * manifest and the build keep. Secrets are removed from texts that come from outside.
 *
 * @param sideEffect whether the cloud may have carried out the call
 * @param message what happened, in the cloud's words if it gave any
 * @param advice one sentence that says what to do
 * @param code the cloud's own error code, or null
 * @param requestId the cloud's id of the request, which its support asks for, or null
 * @param retryAfter the pause that the cloud asks for, or null
 */
public record CloudError(
        ErrorKind kind,
        SideEffect sideEffect,
        String message,
        String advice,
        @CheckForNull String code,
        @CheckForNull String requestId,
        @CheckForNull Duration retryAfter) {

    /** Removes secrets from the texts that come from outside. */
    public CloudError {
        message = Redaction.clean(message);
        code = code == null ? null : Redaction.line(code);
        requestId = requestId == null ? null : Redaction.line(requestId);
    }

    public static CloudError of(ErrorKind kind, SideEffect sideEffect) {
        return new CloudError(kind, sideEffect, "", "", null, null, null);
    }

    public CloudError message(String text) {
        return new CloudError(kind, sideEffect, text, advice, code, requestId, retryAfter);
    }

    public CloudError advice(String text) {
        return new CloudError(kind, sideEffect, message, text, code, requestId, retryAfter);
    }

    public CloudError code(@CheckForNull String cloudCode, @CheckForNull String id) {
        return new CloudError(kind, sideEffect, message, advice, cloudCode, id, retryAfter);
    }

    public CloudError retryAfter(@CheckForNull Duration pause) {
        return new CloudError(kind, sideEffect, message, advice, code, requestId, pause);
    }

    /** The whole error as one line of text for a log: message, code, request id and advice. */
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
        return OneLine.of(text.toString());
    }

    public CloudException exception() {
        return new CloudException(this, null);
    }
}

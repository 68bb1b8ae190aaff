package io.jenkins.plugins.cloudimage.core;

/**
 * A value in a request that breaks a rule of its cloud.
 *
 * @param severity whether the request may still be sent
 * @param field the parameter, as it is called in a Jenkinsfile
 * @param message the value, the rule and the way out, as one sentence for the user
 */
public record Problem(Severity severity, String field, String message) {

    /** How bad it is. */
    public enum Severity {
        /** Nothing is sent. */
        ERROR,
        /** Shown in the form; the cloud has the last word. */
        WARNING
    }

    /** A broken rule that keeps the request from being sent. */
    public static Problem error(String field, String message) {
        return new Problem(Severity.ERROR, field, message);
    }

    /** A value that is probably wrong. */
    public static Problem warning(String field, String message) {
        return new Problem(Severity.WARNING, field, message);
    }
}

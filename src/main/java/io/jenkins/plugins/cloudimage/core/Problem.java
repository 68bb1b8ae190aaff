package io.jenkins.plugins.cloudimage.core;

/**
 * A value in a request that breaks, or probably breaks, a rule of its cloud.
 *
 * @param severity whether the request may still be sent
 * @param field the parameter, under its name in a Jenkinsfile
 * @param message one sentence with the value, the rule and the way out
 */
public record Problem(Severity severity, String field, String message) {

    public enum Severity {
        /** The request is not sent. */
        ERROR,
        /** The form shows it; the cloud decides. */
        WARNING
    }

    public static Problem error(String field, String message) {
        return new Problem(Severity.ERROR, field, message);
    }

    public static Problem warning(String field, String message) {
        return new Problem(Severity.WARNING, field, message);
    }
}

package io.jenkins.plugins.cloudimage.core.jdcloud;

import static io.jenkins.plugins.cloudimage.core.ErrorKind.AUTHENTICATION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.BUSY;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.CLOCK_SKEW;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.INVALID_REQUEST;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NAME_TAKEN;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.NOT_FOUND;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.PERMISSION;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.QUOTA;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.THROTTLED;
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNAVAILABLE;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The meaning of JD Cloud's errors: the <a
 * href="https://docs.jdcloud.com/cn/common-declaration/api/error-codes">statuses that all products share</a>, the HTTP
 * codes of <a href="https://docs.jdcloud.com/en/virtual-machines/api/createimage">createImage</a> where an answer has no
 * status that we know, and the texts of <a href="https://docs.jdcloud.com/cn/virtual-machines/api/convertimage">image
 * calls</a> where one status has several meanings.
 */
final class JdCloudErrors {
    private static final String PRECONDITION = "FAILED_PRECONDITION";
    private static final String PRECONDITION_BUSY = PRECONDITION + ".busy";
    private static final String UNAUTHENTICATED = "UNAUTHENTICATED";
    private static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";
    private static final String RATE_LIMIT = "RATE_LIMIT";
    private static final String TOO_MANY = "429";
    private static final int REDIRECT = 300;
    private static final int GAVE_UP = 408;
    private static final int SERVER_ERROR = 500;

    /** "Conflict with underlay … task", "… is busy". */
    private static final Pattern BUSY_TEXT = Pattern.compile("\\btasks?\\b|\\bbusy\\b|in progress");

    /** "Invalid … status": of the machine for a create, of the image for a deletion. */
    private static final Pattern STATE_TEXT = Pattern.compile("\\bstatus\\b|\\bstate\\b");

    /** A wrong key id or secret, whatever status comes with it. */
    private static final Pattern KEY_TEXT = Pattern.compile("secret key is nul|sign result is not same");

    private static final ErrorTable TABLE = ErrorTable.builder()
            .refused(BUSY, Messages::JdCloudErrors_busy, PRECONDITION_BUSY, "ABORTED", "409")
            .refused(INVALID_REQUEST, Messages::JdCloudErrors_state, PRECONDITION)
            .refused(INVALID_REQUEST, Phrases::parameter, "INVALID_ARGUMENT", "OUT_OF_RANGE", "400")
            .refused(INVALID_REQUEST, Messages::JdCloudErrors_notOffered, "NOT_IMPLEMENTED", "501")
            .refused(AUTHENTICATION, Messages::JdCloudErrors_wrongKey, UNAUTHENTICATED, "ACCESS_ERROR", "401")
            .refused(PERMISSION, Messages::JdCloudErrors_permission, "HTTP_FORBIDDEN", "PERMISSION_DENIED", "403")
            .refused(NOT_FOUND, Messages::JdCloudErrors_elsewhere, "NOT_FOUND", "404")
            .refused(NAME_TAKEN, Phrases::nameTaken, "ALREADY_EXISTS")
            .refused(QUOTA, Messages::JdCloudErrors_quota, QUOTA_EXCEEDED)
            .refused(THROTTLED, Phrases::slower, RATE_LIMIT, TOO_MANY)
            .inDoubt(UNAVAILABLE, Messages::JdCloudErrors_cancelled, "CANCELLED", "499")
            .inDoubt(UNAVAILABLE, Messages::JdCloudErrors_internal, "UNKNOWN", "INTERNAL", "500")
            .inDoubt(UNAVAILABLE, Messages::JdCloudErrors_outOfReach, "SOURCE_UNAVAILABLE", "UNAVAILABLE", "502", "503")
            .build();

    private JdCloudErrors() {}

    /**
     * Finds the meaning of an error.
     *
     * @param http the HTTP status, which JD Cloud repeats as {@code error.code}
     * @param status {@code error.status}, or empty
     */
    static CloudError meaning(int http, String status, String message, String requestId) {
        String code = Integer.toString(http);
        return TABLE.meaning(refined(status.toUpperCase(Locale.ROOT), code, message.toLowerCase(Locale.ROOT)))
                .or(() -> TABLE.meaning(code))
                .orElseGet(() -> unknown(http))
                .message(message)
                .code(status.isEmpty() ? code : status, requestId);
    }

    /** JD Cloud gives some statuses several meanings and tells them apart by the text alone. */
    private static String refined(String status, String code, String text) {
        if (KEY_TEXT.matcher(text).find()) {
            return UNAUTHENTICATED;
        }
        if (status.equals(PRECONDITION) && BUSY_TEXT.matcher(text).find()) {
            return PRECONDITION_BUSY;
        }
        if (code.equals(TOO_MANY) && !status.equals(RATE_LIMIT) && text.contains("quota")) {
            return QUOTA_EXCEEDED;
        }
        return status;
    }

    /** An error without a status that refuses anything leaves open what was done. */
    private static CloudError unknown(int http) {
        return http >= SERVER_ERROR || http < REDIRECT || http == GAVE_UP
                ? CloudError.of(UNAVAILABLE, Acted.MAYBE).advice(Messages.JdCloudErrors_failure())
                : CloudError.of(INVALID_REQUEST, Acted.NO).advice(Messages.JdCloudErrors_unknown());
    }

    /** An image that is still being made refuses to be deleted, and will not do so for ever. */
    static CloudError ofDeletion(CloudError refusal) {
        boolean passes = PRECONDITION.equals(refusal.code())
                && STATE_TEXT
                        .matcher(refusal.message().toLowerCase(Locale.ROOT))
                        .find();
        return passes ? as(BUSY, Messages.JdCloudErrors_notDeletedYet(), refusal) : refusal;
    }

    /** A wrong clock looks like a wrong key, save for the date of the answer. */
    static CloudError ofClock(CloudError refusal) {
        return as(CLOCK_SKEW, Messages.JdCloudErrors_clock(), refusal);
    }

    private static CloudError as(ErrorKind kind, String advice, CloudError refusal) {
        return CloudError.of(kind, refusal.acted())
                .message(refusal.message())
                .advice(advice)
                .code(refusal.code(), refusal.requestId())
                .retryAfter(refusal.retryAfter());
    }
}

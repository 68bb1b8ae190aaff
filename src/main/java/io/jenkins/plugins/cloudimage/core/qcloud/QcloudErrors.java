package io.jenkins.plugins.cloudimage.core.qcloud;

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
import static io.jenkins.plugins.cloudimage.core.ErrorKind.UNKNOWN_ANSWER;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.Phrases;

/**
 * The meaning of QCloud's error codes. An error has a <a
 * href="https://cloud.tencent.com/document/api/213/6982">number</a> and, since the API's later years, a <a
 * href="https://cloud.tencent.com/document/product/213/10146">word</a> beside it, {@code codeDesc}.
 */
final class QcloudErrors {
    /** What the cloud says of a machine, an image or anything else that does not exist. */
    static final String NOT_FOUND_CODE = "5000";

    /** Words that say more than the number beside them. */
    private static final ErrorTable DETAILS = ErrorTable.builder()
            .refused(
                    AUTHENTICATION,
                    Messages::QcloudErrors_wrongKey,
                    "InvalidParameter.SignatureFailure",
                    "InvalidParameter.SecretIdNotFound")
            .refused(AUTHENTICATION, Messages::QcloudErrors_wrongToken, "InvalidRequest.TokenCheckFailed")
            .refused(
                    PERMISSION,
                    Messages::QcloudErrors_permission,
                    "InvalidRequest.MFACheckFailed",
                    "InternalError.CAMInnerError")
            .refused(PERMISSION, Messages::QcloudErrors_blocked, "InvalidRequest.Forbidden")
            .refused(THROTTLED, Phrases::slower, "InvalidRequest.RequestConcurrencyExceeded")
            .refused(THROTTLED, Messages::QcloudErrors_exceeded, "InvalidRequest.LimitExceeded")
            .refused(CLOCK_SKEW, Messages::QcloudErrors_clock, "InvalidRequest.ReplayAttack")
            .refused(INVALID_REQUEST, Messages::QcloudErrors_noHttps, "InvalidRequest.UnsupportedProtocol")
            .refused(
                    INVALID_REQUEST,
                    Messages::QcloudErrors_failed,
                    "InternalError.ResourceOpFailed",
                    "OperationFail.AllResourceOpFailed")
            .refused(INVALID_REQUEST, Messages::QcloudErrors_wrongHost, "InvalidAction.NotFound")
            .refused(UNAVAILABLE, Messages::QcloudErrors_maintenance, "InvalidAction.ActionUnavailable")
            .refused(
                    BUSY,
                    Messages::QcloudErrors_busy,
                    "OperationConstraints.InvaildInstanceStatus",
                    "OperationConstraints.InvalidInstanceStatus",
                    "MutexOperation.TaskRunning")
            .refused(NAME_TAKEN, Phrases::nameTaken, "InvalidImageName.Duplicate")
            .build();

    /** The numbers, and the families of words for a number that is not among them. */
    private static final ErrorTable CODES = ErrorTable.builder()
            .refused(INVALID_REQUEST, Phrases::parameter, "4000", "InvalidParameter")
            .refused(AUTHENTICATION, Messages::QcloudErrors_wrongKey, "4100", "4104")
            .refused(AUTHENTICATION, Messages::QcloudErrors_wrongToken, "4105")
            .refused(
                    PERMISSION,
                    Messages::QcloudErrors_permission,
                    "4101",
                    "4102",
                    "4103",
                    "4106",
                    "4110",
                    "AuthFailure")
            .refused(PERMISSION, Messages::QcloudErrors_blocked, "4300")
            .refused(CLOCK_SKEW, Messages::QcloudErrors_clock, "4200", "4500")
            .refused(THROTTLED, Messages::QcloudErrors_exceeded, "4400")
            .refused(INVALID_REQUEST, Messages::QcloudErrors_noHttps, "4600")
            .refused(NOT_FOUND, Messages::QcloudErrors_elsewhere, NOT_FOUND_CODE)
            .refused(INVALID_REQUEST, Messages::QcloudErrors_failed, "5100")
            .refused(QUOTA, Messages::QcloudErrors_shortage, "5200")
            .refused(QUOTA, Phrases::payIn, "5300")
            .inDoubt(UNKNOWN_ANSWER, Messages::QcloudErrors_partly, "5400")
            .refused(PERMISSION, Messages::QcloudErrors_unverified, "5500")
            .inDoubt(UNAVAILABLE, Messages::QcloudErrors_internal, "6000", "InternalError")
            .refused(INVALID_REQUEST, Messages::QcloudErrors_wrongHost, "6100", "InvalidAction")
            .refused(UNAVAILABLE, Messages::QcloudErrors_maintenance, "6200")
            .build();

    private QcloudErrors() {}

    static boolean knows(String code) {
        return CODES.meaning(code).isPresent();
    }

    /**
     * Codes that neither table knows are refusals: the cloud tells its own failures apart by 6000.
     *
     * @param code the number
     * @param word the word beside it, or null
     */
    static CloudError meaning(
            String code, @CheckForNull String word, @CheckForNull String message, @CheckForNull String requestId) {
        return DETAILS.meaning(word)
                .or(() -> CODES.meaning(code))
                .or(() -> CODES.meaning(word))
                .orElseGet(() -> CloudError.of(INVALID_REQUEST, Acted.NO).advice(Messages.QcloudErrors_unknown()))
                .message(message == null ? Messages.QcloudErrors_refused() : message)
                .code(word == null ? code : code + " " + word, requestId);
    }

    /**
     * Whether a refusal does not say what was wrong. No page tells the codes of a taken name, or of an image that cannot
     * be deleted yet; they hide behind 4000 and 5100.
     */
    static boolean isVague(CloudError error) {
        return error.kind() == INVALID_REQUEST && error.acted() == Acted.NO;
    }

    static CloudError nameTaken(CloudError vague) {
        return explained(vague, CloudError.of(NAME_TAKEN, Acted.NO).advice(Phrases.nameTaken()));
    }

    static CloudError imageGone(CloudError vague) {
        return explained(vague, CloudError.of(NOT_FOUND, Acted.NO).advice(Phrases.imageGone()));
    }

    static CloudError imageUnfinished(CloudError vague) {
        return explained(vague, CloudError.of(BUSY, Acted.NO).advice(Messages.QcloudErrors_unfinished()));
    }

    private static CloudError explained(CloudError vague, CloudError meaning) {
        return meaning.message(vague.message()).code(vague.code(), vague.requestId());
    }
}

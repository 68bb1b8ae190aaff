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

/**
 * The meaning of QCloud's error codes. An error has a <a
 * href="https://cloud.tencent.com/document/api/213/6982">number</a> and, since the API's later years, a <a
 * href="https://cloud.tencent.com/document/product/213/10146">word</a> beside it, {@code codeDesc}.
 */
final class QcloudErrors {
    /** What the cloud says of a machine, an image or anything else that does not exist. */
    static final String NOT_FOUND_CODE = "5000";

    private static final String WRONG_KEY =
            "Check SecretId and SecretKey in the credential: they are wrong, disabled or deleted.";
    private static final String WRONG_TOKEN =
            "The session token is wrong or expired; put fresh temporary keys into the credential.";
    private static final String NO_PERMISSION =
            "Grant the key the permission that the message names (cvm:CreateImage, cvm:DescribeImages).";
    private static final String BLOCKED =
            "The account is blocked or this API is not open to it; ask Tencent's support.";
    private static final String WRONG_CLOCK =
            "Set the controller's clock: it differs from Tencent's by more than five minutes.";
    private static final String SLOWER = "Too many calls; it is tried again more slowly.";
    private static final String EXCEEDED =
            "Too many calls, or a region's 10 images are used up; it is tried again more slowly.";
    private static final String NO_HTTPS = "Use an endpoint that begins with https.";
    private static final String FAILED = "See the message. The machine must be shut down, the name must be free, and a "
            + "region keeps at most 10 images.";
    private static final String INTERNAL = "Tencent has an internal failure; try again later.";
    private static final String WRONG_HOST = "Check the endpoint: images are at image.api.qcloud.com. If it is right, "
            + "Tencent has ended this API for the region; use tencentCloud instead.";
    private static final String MAINTENANCE = "Tencent maintains the API; it is tried again until the time-out.";
    private static final String NAME_EXISTS =
            "Choose an imageName that no image of this region has, or delete the image that has it.";
    private static final String PARAMETER = "Correct the parameter that the message names.";

    /** Words that say more than the number beside them. */
    private static final ErrorTable DETAILS = ErrorTable.builder()
            .refused(
                    AUTHENTICATION, WRONG_KEY, "InvalidParameter.SignatureFailure", "InvalidParameter.SecretIdNotFound")
            .refused(AUTHENTICATION, WRONG_TOKEN, "InvalidRequest.TokenCheckFailed")
            .refused(PERMISSION, NO_PERMISSION, "InvalidRequest.MFACheckFailed", "InternalError.CAMInnerError")
            .refused(PERMISSION, BLOCKED, "InvalidRequest.Forbidden")
            .refused(THROTTLED, SLOWER, "InvalidRequest.RequestConcurrencyExceeded")
            .refused(THROTTLED, EXCEEDED, "InvalidRequest.LimitExceeded")
            .refused(CLOCK_SKEW, WRONG_CLOCK, "InvalidRequest.ReplayAttack")
            .refused(INVALID_REQUEST, NO_HTTPS, "InvalidRequest.UnsupportedProtocol")
            .refused(INVALID_REQUEST, FAILED, "InternalError.ResourceOpFailed", "OperationFail.AllResourceOpFailed")
            .refused(INVALID_REQUEST, WRONG_HOST, "InvalidAction.NotFound")
            .refused(UNAVAILABLE, MAINTENANCE, "InvalidAction.ActionUnavailable")
            .refused(
                    BUSY,
                    "The machine is not in the state that this needs: an image needs one that is shut down and in no "
                            + "other operation. It is tried again until the time-out.",
                    "OperationConstraints.InvaildInstanceStatus",
                    "OperationConstraints.InvalidInstanceStatus",
                    "MutexOperation.TaskRunning")
            .refused(NAME_TAKEN, NAME_EXISTS, "InvalidImageName.Duplicate")
            .build();

    /** The numbers, and the families of words for a number that is not among them. */
    private static final ErrorTable CODES = ErrorTable.builder()
            .refused(INVALID_REQUEST, PARAMETER, "4000", "InvalidParameter")
            .refused(AUTHENTICATION, WRONG_KEY, "4100", "4104")
            .refused(AUTHENTICATION, WRONG_TOKEN, "4105")
            .refused(PERMISSION, NO_PERMISSION, "4101", "4102", "4103", "4106", "4110", "AuthFailure")
            .refused(PERMISSION, BLOCKED, "4300")
            .refused(CLOCK_SKEW, WRONG_CLOCK, "4200", "4500")
            .refused(THROTTLED, EXCEEDED, "4400")
            .refused(INVALID_REQUEST, NO_HTTPS, "4600")
            .refused(
                    NOT_FOUND,
                    "Check instanceId and region: machines and images are looked for in that region and account only.",
                    NOT_FOUND_CODE)
            .refused(INVALID_REQUEST, FAILED, "5100")
            .refused(QUOTA, "Tencent has too little of what this needs; try again later or in another region.", "5200")
            .refused(QUOTA, "Pay into the account.", "5300")
            .inDoubt(UNKNOWN_ANSWER, "A part was done; look at the machine and its images in the console.", "5400")
            .refused(PERMISSION, "Let Tencent verify the account's owner.", "5500")
            .inDoubt(UNAVAILABLE, INTERNAL, "6000", "InternalError")
            .refused(INVALID_REQUEST, WRONG_HOST, "6100", "InvalidAction")
            .refused(UNAVAILABLE, MAINTENANCE, "6200")
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
                .orElseGet(() -> CloudError.of(INVALID_REQUEST, Acted.NO)
                        .advice("Look the code up in the documentation of Tencent's API v2."))
                .message(message == null ? "The cloud refused the call" : message)
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
        return explained(vague, CloudError.of(NAME_TAKEN, Acted.NO).advice(NAME_EXISTS));
    }

    static CloudError imageGone(CloudError vague) {
        return explained(
                vague, CloudError.of(NOT_FOUND, Acted.NO).advice("The image does not exist, or not any more."));
    }

    static CloudError imageUnfinished(CloudError vague) {
        return explained(
                vague,
                CloudError.of(BUSY, Acted.NO)
                        .advice("The image is still being made; it is tried again when it is done."));
    }

    private static CloudError explained(CloudError vague, CloudError meaning) {
        return meaning.message(vague.message()).code(vague.code(), vague.requestId());
    }
}

package io.jenkins.plugins.cloudimage.core.tencent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The meaning of Tencent Cloud's error codes: those of <a
 * href="https://cloud.tencent.com/document/api/213/16726">CreateImage</a> and related calls, and the <a
 * href="https://cloud.tencent.com/document/api/213/30435">common ones</a>. They are in {@code errors.tsv}.
 */
final class TencentErrors {
    /** The code of a dry run that passes. */
    static final String DRY_RUN_PASSED = "DryRunOperation";

    /** The code for an image that does not exist. */
    static final String NO_IMAGE = "InvalidImageId.NotFound";

    /** The code for an account with which the image is shared already. */
    static final String SHARED_BEFORE = "FailedOperation.AccountAlreadyExists";

    /** The code for an instance that does not exist. */
    static final String NO_INSTANCE = "InvalidInstanceId.NotFound";

    /** Codes of a create that was refused because of its tags; a key may have to exist before it is used. */
    static final Set<String> TAGS = Set.of(
            "FailedOperation.IllegalTagKey",
            "FailedOperation.IllegalTagValue",
            "FailedOperation.TagKeyReserved",
            "InvalidParameterValue.TagKeyNotFound",
            "InvalidParameterValue.TagQuotaLimitExceeded",
            "LimitExceeded.TagResourceQuota");

    /** Covers instances that never support the call, and instances that are in another operation; only the message tells. */
    private static final String NOT_SUPPORTED = "InvalidInstance.NotSupported";

    private static final Pattern IN_OPERATION = Pattern.compile("(?i)\\bin operation\\b|操作中|操作进行");

    private static final ErrorTable TABLE = ErrorTable.of(Messages.class);

    private TencentErrors() {}

    static boolean knows(String code) {
        return TABLE.meaning(code).isPresent();
    }

    /** A code that is not in the table leaves the outcome open. */
    static CloudError meaning(String code, String message, @CheckForNull String requestId) {
        boolean busy =
                NOT_SUPPORTED.equals(code) && IN_OPERATION.matcher(message).find();
        return TABLE.meaning(busy ? NOT_SUPPORTED + ".busy" : code)
                .orElseGet(() -> CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                        .advice(Messages.TencentErrors_unknown()))
                .message(message)
                .code(code, requestId);
    }

    /**
     * Accepts "not found" only for the object that the call asks for.
     *
     * @param code the code that means that this object does not exist
     * @return the failure, with another kind if it is about another object
     */
    static CloudException about(CloudException error, String code) {
        CloudError told = error.error();
        if (told.kind() != ErrorKind.NOT_FOUND || code.equals(told.code())) {
            return error;
        }
        return CloudError.of(ErrorKind.INVALID_REQUEST, told.sideEffect())
                .advice(told.advice())
                .message(told.message())
                .code(told.code(), told.requestId())
                .exception();
    }
}

package io.jenkins.plugins.cloudimage.core.tencent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import java.util.regex.Pattern;

/**
 * The meaning of Tencent Cloud's error codes: those of <a
 * href="https://cloud.tencent.com/document/api/213/16726">CreateImage</a> and its companions, and the <a
 * href="https://cloud.tencent.com/document/api/213/30435">common ones</a>. They are in {@code errors.tsv}.
 */
final class TencentErrors {
    /** A dry run that passes arrives under this code. */
    static final String DRY_RUN_PASSED = "DryRunOperation";

    /** What the cloud says of an image that does not exist. */
    static final String NO_IMAGE = "InvalidImageId.NotFound";

    /** What the cloud says of an instance that does not exist. */
    static final String NO_INSTANCE = "InvalidInstanceId.NotFound";

    /** Says of an instance what it can never do, or what it cannot do now; only the message tells which. */
    private static final String NOT_SUPPORTED = "InvalidInstance.NotSupported";

    private static final Pattern NOW = Pattern.compile("(?i)\\bin operation\\b|操作中|操作进行");

    private static final ErrorTable TABLE = ErrorTable.of(Messages.class);

    private TencentErrors() {}

    static boolean knows(String code) {
        return TABLE.meaning(code).isPresent();
    }

    /** A code that the table does not know leaves the outcome open. */
    static CloudError meaning(String code, String message, @CheckForNull String requestId) {
        boolean passes = NOT_SUPPORTED.equals(code) && NOW.matcher(message).find();
        return TABLE.meaning(passes ? NOT_SUPPORTED + ".now" : code)
                .orElseGet(() ->
                        CloudError.of(ErrorKind.UNKNOWN_ANSWER, Acted.MAYBE).advice(Messages.TencentErrors_unknown()))
                .message(message)
                .code(code, requestId);
    }

    /**
     * Takes "not found" for an answer only where it is about what was asked for.
     *
     * @param error the failure of a call
     * @param code what the cloud says where the object of this call does not exist
     * @return the failure; of another kind if something else was not found
     */
    static CloudException about(CloudException error, String code) {
        CloudError told = error.error();
        if (told.kind() != ErrorKind.NOT_FOUND || code.equals(told.code())) {
            return error;
        }
        return CloudError.of(ErrorKind.INVALID_REQUEST, told.acted())
                .advice(told.advice())
                .message(told.message())
                .code(told.code(), told.requestId())
                .exception();
    }
}

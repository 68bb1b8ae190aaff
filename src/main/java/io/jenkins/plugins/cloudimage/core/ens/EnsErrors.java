package io.jenkins.plugins.cloudimage.core.ens;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorTable;
import io.jenkins.plugins.cloudimage.core.alibaba.AlibabaErrors;
import java.util.regex.Pattern;

/**
 * The meaning of ENS's error codes: those of <a
 * href="https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-createimage">CreateImage</a>
 * and related calls, in addition to the common ones of Alibaba's gateways.
 */
final class EnsErrors {
    static final ErrorTable TABLE = AlibabaErrors.table(Messages.class);

    /** DeleteImage returns this code both for an image that instances use and for one that does not exist. */
    private static final String DELETE_FAILED = "Error.DeleteImage";

    private static final Pattern GONE = Pattern.compile("(?i)not exist|不存在");
    private static final Pattern USED = Pattern.compile("(?i)\\bused\\b|使用");

    private EnsErrors() {}

    /** Whether neither code nor message tells if the image exists. */
    static boolean leavesOpenWhetherItExists(CloudError error) {
        return DELETE_FAILED.equals(error.code())
                && !GONE.matcher(error.message()).find()
                && !USED.matcher(error.message()).find();
    }

    /** The meaning of an error of DeleteImage, taken from the message if the code leaves it open. */
    static CloudError ofDelete(CloudError error) {
        return DELETE_FAILED.equals(error.code())
                        && GONE.matcher(error.message()).find()
                ? gone(error)
                : error;
    }

    /** The error for an image that does not exist. */
    static CloudError gone(CloudError error) {
        return TABLE.meaning(DELETE_FAILED + ".gone")
                .orElseThrow()
                .message(error.message())
                .code(error.code(), error.requestId());
    }
}

package io.jenkins.plugins.cloudimage.core.qcloud;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;

/**
 * The meaning of QCloud's states, which are numbers: those of images at <a
 * href="https://cloud.tencent.com/document/api/213/1272">DescribeImages</a>, those of instances at <a
 * href="https://cloud.tencent.com/doc/api/229/831">DescribeInstances</a>. There is no state for a failed image; it is
 * no longer listed.
 */
final class QcloudStates {
    private QcloudStates() {}

    static ImageState image(String status) {
        return switch (status) {
            case "2", "3" -> ImageState.READY;
            default -> ImageState.PENDING;
        };
    }

    /**
     * Whether an image in this state can be deleted. The page of DeleteImages excludes images that are being made or in
     * use; the same is assumed for one that is being copied.
     *
     * @param name the result of {@link #name}
     */
    static boolean deletable(String name) {
        return !name.matches("[1345] .*");
    }

    /**
     * Whether an image in this state can be copied. That one which is being copied cannot is assumed.
     *
     * @param name the result of {@link #name}
     */
    static boolean copyable(String name) {
        return !name.matches("[145] .*");
    }

    /** The number with the page's word for it. */
    static String name(String status) {
        return switch (status) {
            case "1" -> "1 (creating)";
            case "2" -> "2 (normal)";
            case "3" -> "3 (in use)";
            case "4" -> "4 (synchronizing)";
            case "5" -> "5 (copying)";
            default -> status;
        };
    }

    /** State 12 is an instance whose image is being made; it returns to 4. */
    static PowerState power(String status) {
        return switch (status) {
            case "2" -> PowerState.RUNNING;
            case "4" -> PowerState.STOPPED;
            // Creation failed, broken, returned, being returned.
            case "-1", "1", "5", "6" -> PowerState.OTHER;
            default -> PowerState.CHANGING;
        };
    }
}

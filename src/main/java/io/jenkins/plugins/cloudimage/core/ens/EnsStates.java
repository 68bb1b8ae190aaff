package io.jenkins.plugins.cloudimage.core.ens;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import java.util.Locale;

/**
 * The meaning of ENS's states, described at <a
 * href="https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-describeselfimages">
 * DescribeSelfImages</a> and <a
 * href="https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-describeinstances">
 * DescribeInstances</a>.
 */
final class EnsStates {
    private EnsStates() {}

    static ImageState image(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "available" -> ImageState.READY;
            case "pack_failed", "upload_failed", "unavailable" -> ImageState.FAILED;
            default -> ImageState.PENDING;
        };
    }

    static PowerState power(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "running" -> PowerState.RUNNING;
            case "stopped" -> PowerState.STOPPED;
            case "expired" -> PowerState.OTHER;
            default -> PowerState.CHANGING;
        };
    }
}

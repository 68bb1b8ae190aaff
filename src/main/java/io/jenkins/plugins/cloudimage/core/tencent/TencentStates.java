package io.jenkins.plugins.cloudimage.core.tencent;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import java.util.Locale;

/**
 * The meaning of Tencent Cloud's states. {@code ImageState} is described at <a
 * href="https://cloud.tencent.com/document/api/213/15753#Image">Image</a>, {@code InstanceState} at <a
 * href="https://cloud.tencent.com/document/api/213/15753#InstanceStatus">InstanceStatus</a>.
 */
final class TencentStates {
    private TencentStates() {}

    static ImageState image(String state) {
        return switch (state.toUpperCase(Locale.ROOT)) {
            // On older pages, an image that instances use is USING; more instances can be started from it.
            case "NORMAL", "USING" -> ImageState.READY;
            case "CREATEFAILED", "IMPORTFAILED", "DELETING" -> ImageState.FAILED;
            default -> ImageState.PENDING;
        };
    }

    static PowerState power(String state) {
        return switch (state.toUpperCase(Locale.ROOT)) {
            case "RUNNING" -> PowerState.RUNNING;
            case "STOPPED" -> PowerState.STOPPED;
            case "LAUNCH_FAILED", "SHUTDOWN", "TERMINATING", "RESCUE_MODE" -> PowerState.OTHER;
            default -> PowerState.CHANGING;
        };
    }
}

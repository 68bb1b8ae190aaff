package io.jenkins.plugins.cloudimage.core.jdcloud;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import java.util.Locale;

/**
 * The meaning of JD Cloud's states of <a
 * href="https://docs.jdcloud.com/cn/virtual-machines/api/image_status">images</a> and <a
 * href="https://docs.jdcloud.com/cn/virtual-machines/api/vm_status">instances</a>.
 */
final class JdCloudStates {
    private JdCloudStates() {}

    /** An image in the state error stays in it until it is deleted. */
    static ImageState image(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "ready" -> ImageState.READY;
            case "error", "deleting" -> ImageState.FAILED;
            default -> ImageState.PENDING;
        };
    }

    static PowerState power(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "running" -> PowerState.RUNNING;
            case "stopped" -> PowerState.STOPPED;
            case "deleting", "error" -> PowerState.OTHER;
            default -> PowerState.CHANGING;
        };
    }
}

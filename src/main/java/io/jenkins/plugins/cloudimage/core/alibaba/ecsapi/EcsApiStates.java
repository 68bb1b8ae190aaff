package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.http.Json;
import java.util.Locale;

/**
 * The meaning of the ECS API's states, described at <a
 * href="https://www.alibabacloud.com/help/doc-detail/25534.htm">DescribeImages</a> and <a
 * href="https://www.alibabacloud.com/help/doc-detail/25506.htm">DescribeInstances</a>.
 */
final class EcsApiStates {
    private EcsApiStates() {}

    /**
     * An image can be Available before instances can be started from it. The field Usable, where the cloud has it,
     * tells.
     */
    static ImageState image(JsonNode image) {
        return image(Json.word(image, "Status"), Json.text(image, "Usable"));
    }

    static ImageState image(String status, @CheckForNull String usable) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "available" ->
                usable == null || usable.equalsIgnoreCase("true") ? ImageState.READY : ImageState.PENDING;
            // The image is marked as outdated, but instances can still be started from it.
            case "deprecated" -> ImageState.READY;
            case "createfailed", "unavailable" -> ImageState.FAILED;
            default -> ImageState.PENDING;
        };
    }

    static PowerState power(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "running" -> PowerState.RUNNING;
            case "stopped" -> PowerState.STOPPED;
            default -> PowerState.CHANGING;
        };
    }
}

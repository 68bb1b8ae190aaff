package io.jenkins.plugins.cloudimage.core.jdcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdCloudStatesTest {
    @ParameterizedTest
    @CsvSource({
        "ready, READY",
        "Ready, READY",
        "error, FAILED",
        "deleting, FAILED",
        "pending, PENDING",
        "new_state, PENDING",
        "'', PENDING"
    })
    void images(String state, ImageState meaning) {
        assertEquals(meaning, JdCloudStates.image(state));
    }

    @ParameterizedTest
    @CsvSource({
        "running, RUNNING", "stopped, STOPPED", "STOPPED, STOPPED", "pending, CHANGING", "starting, CHANGING",
        "stopping, CHANGING", "rebooting, CHANGING", "rebuilding, CHANGING", "resizing, CHANGING", "deleting, OTHER",
        "error, OTHER", "new_state, CHANGING"
    })
    void instances(String state, PowerState meaning) {
        assertEquals(meaning, JdCloudStates.power(state));
    }
}

package io.jenkins.plugins.cloudimage.core.alibaba.ecsapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcsApiStatesTest {
    @ParameterizedTest
    @CsvSource({
        "Available, true, READY",
        "available, True, READY",
        "Available, , READY",
        "Available, false, PENDING",
        "Creating, true, PENDING",
        "Creating, , PENDING",
        "Waiting, false, PENDING",
        "Deprecated, , READY",
        "SomethingNew, true, PENDING",
        "'', , PENDING",
        "UnAvailable, false, FAILED",
        "UNAVAILABLE, , FAILED",
        "CreateFailed, , FAILED"
    })
    void images(String status, String usable, ImageState meaning) {
        assertEquals(meaning, EcsApiStates.image(status, usable));
    }

    @ParameterizedTest
    @CsvSource({
        "Running, RUNNING",
        "STOPPED, STOPPED",
        "Starting, CHANGING",
        "Stopping, CHANGING",
        "Pending, CHANGING",
        "SomethingNew, CHANGING"
    })
    void instances(String status, PowerState meaning) {
        assertEquals(meaning, EcsApiStates.power(status));
    }
}

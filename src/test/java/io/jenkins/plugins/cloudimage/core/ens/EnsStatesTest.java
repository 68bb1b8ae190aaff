package io.jenkins.plugins.cloudimage.core.ens;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnsStatesTest {
    @ParameterizedTest
    @CsvSource({
        "Available, READY",
        "AVAILABLE, READY",
        "Pack_failed, FAILED",
        "Upload_failed, FAILED",
        "upload_Failed, FAILED",
        "Unavailable, FAILED",
        "Creating, PENDING",
        "Packing, PENDING",
        "Uploading, PENDING",
        "Copying, PENDING",
        "SomethingNew, PENDING",
        "'', PENDING"
    })
    void images(String status, ImageState meaning) {
        assertEquals(meaning, EnsStates.image(status));
    }

    @ParameterizedTest
    @CsvSource({
        "Running, RUNNING",
        "running, RUNNING",
        "Stopped, STOPPED",
        "Expired, OTHER",
        "Stopping, CHANGING",
        "SomethingNew, CHANGING"
    })
    void instances(String status, PowerState meaning) {
        assertEquals(meaning, EnsStates.power(status));
    }
}

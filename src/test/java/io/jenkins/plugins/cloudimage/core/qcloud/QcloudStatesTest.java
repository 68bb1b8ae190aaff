package io.jenkins.plugins.cloudimage.core.qcloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meaning of every state of the pages; others are waited for. */
class QcloudStatesTest {

    @ParameterizedTest
    @CsvSource({
        "1, PENDING, 1 (creating)",
        "2, READY, 2 (normal)",
        "3, READY, 3 (in use)",
        "4, PENDING, 4 (synchronizing)",
        "5, PENDING, 5 (copying)",
        "6, PENDING, 6",
        "'', PENDING, ''"
    })
    void imagesHaveStates(String status, ImageState state, String name) {
        assertEquals(state, QcloudStates.image(status));
        assertEquals(name, QcloudStates.name(status));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, OTHER",
        "1, OTHER",
        "2, RUNNING",
        "3, CHANGING",
        "4, STOPPED",
        "5, OTHER",
        "6, OTHER",
        "7, CHANGING",
        "8, CHANGING",
        "9, CHANGING",
        "10, CHANGING",
        "11, CHANGING",
        "12, CHANGING",
        "20, CHANGING",
        "99, CHANGING"
    })
    void instancesHaveStates(String status, PowerState state) {
        assertEquals(state, QcloudStates.power(status));
    }
}

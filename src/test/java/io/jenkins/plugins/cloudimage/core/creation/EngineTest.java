package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A creation engine with a fake Tencent Cloud on a virtual clock. */
abstract class EngineTest {
    static final String FIND_OR_POLL = "DescribeImages";
    static final String CREATE = "CreateImage";

    @TempDir(factory = MemoryDisk.class)
    Path folder;

    EngineRig rig;

    @BeforeEach
    void start() {
        rig = new EngineRig(folder, 1);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    void assertOneImage(Creation end) {
        assertEquals(Outcome.READY, end.outcome(), end.toString());
        assertEquals(rig.imageIds(), List.of(end.imageId()));
        assertNull(end.problem());
    }

    static CloudError error(Creation end, Outcome outcome, ErrorKind kind) {
        assertEquals(outcome, end.outcome(), end.toString());
        CloudError error = end.problem();
        assertNotNull(error);
        assertEquals(kind, error.kind(), error.text());
        return error;
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Disks on which no record can be saved. */
class FullDiskTest extends EngineTest {
    @Test
    void withoutALedgerNoCreateIsSent() {
        Creation creation = rig.start("web-1");
        block(creation);

        Creation end = rig.finishLive(creation);

        assertEquals(Outcome.TIMED_OUT, end.outcome());
        assertEquals(0, rig.server.count(CREATE));
    }

    @Test
    void anIdThatCannotBeSavedAtOnceIsSavedLater() throws IOException {
        Creation creation = rig.start("web-1");
        rig.onRequest = action -> {
            if (action.equals(CREATE)) {
                block(creation);
            }
        };
        rig.time.pass(Duration.ofMinutes(20));
        assertEquals(Phase.SUBMITTING, rig.saved(creation).phase());
        Files.delete(folder.resolve(creation.key() + ".json.tmp"));

        assertOneImage(rig.finish(creation));
    }

    private void block(Creation creation) {
        try {
            Files.createDirectory(folder.resolve(creation.key() + ".json.tmp"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    @Test
    void aRetryKeepsTheConnectionOfACallThatWaitsForTheDisk() throws Exception {
        rig.images().take(Duration.ofHours(2));
        Creation creation = rig.plan(EngineRig.request("web-1", false), OptionsRig.DELETE, EngineRig.TIMEOUT);
        rig.run(creation);
        rig.until(creation, Phase.BUILDING);
        block(creation);
        rig.engine.abort(creation.key());
        rig.time.pass(Duration.ofMinutes(1));
        Files.delete(folder.resolve(creation.key() + ".json.tmp"));
        int calls = rig.server.calls().size();
        rig.connector = each -> {
            throw CloudError.of(ErrorKind.UNAVAILABLE, SideEffect.NONE)
                    .message("no store of keys")
                    .exception();
        };

        CompletableFuture<Boolean> retried = rig.engine.administration().retry(creation.key(), news -> {});
        rig.time.pass(Duration.ofMinutes(1));

        assertTrue(retried.get());
        assertTrue(rig.server.calls().size() > calls);
    }

    private void block(Creation creation) {
        try {
            Files.createDirectory(folder.resolve(creation.key() + ".json.tmp"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

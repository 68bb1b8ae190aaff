package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.simulator.FakeTencentCloud;
import io.jenkins.plugins.cloudimage.simulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Complete creations in a fake Tencent Cloud on a virtual clock. */
class CreationEngineTest extends EngineTest {
    private String ledgerText() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Test
    void anImageIsMadeWithOneCreate() {
        Instant start = rig.time.instant();

        Creation end = rig.finish(rig.start("web-1"));

        assertOneImage(end);
        assertEquals(1, rig.server.count(CREATE));
        assertEquals("NORMAL", end.image().cloudState());
        assertFalse(end.submission().requestId().isEmpty());
        Duration took = Duration.between(start, end.ending().at());
        assertTrue(took.compareTo(Duration.ofMinutes(10).plus(EngineRig.POLL)) <= 0, took.toString());
    }

    @Test
    void theListenerHearsOfAllInOrderAndOfTheEndOnce() {
        Creation end = rig.finish(rig.start("web-1"));
        rig.time.pass(Duration.ofHours(2));

        assertEquals(List.of(Phase.PLANNED, Phase.SUBMITTING, Phase.BUILDING, Phase.DONE), rig.phasesHeard());
        assertEquals(
                Arrays.asList(null, "CREATING", "NORMAL"),
                rig.heard.stream()
                        .map(Creation::image)
                        .filter(Objects::nonNull)
                        .map(ImageStatus::cloudState)
                        .distinct()
                        .toList());
        assertEquals(end, rig.heard.get(rig.heard.size() - 1));
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void idAndEndAreSavedBeforeTheListenerHearsOfThem() {
        List<Creation> unsaved = new ArrayList<>();
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.engine.run(creation, news -> {
            rig.heard.add(news);
            if (news.image() != null && !news.essence().equals(rig.saved(news).essence())) {
                unsaved.add(news);
            }
        });

        rig.finish(creation);

        assertEquals(Phase.DONE, rig.heard.get(rig.heard.size() - 1).phase());
        assertEquals(List.of(), unsaved);
    }

    @Test
    void eachRecordIsSavedBeforeTheCallThatItStandsFor() {
        List<String> calls = new ArrayList<>();
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.onRequest = action -> calls.add(rig.saved(creation).phase() + " " + action);

        rig.run(creation);
        rig.finish(creation);

        assertEquals(
                List.of("PLANNED " + FIND_OR_POLL, "SUBMITTING " + CREATE, "BUILDING " + FIND_OR_POLL),
                calls.stream().distinct().toList());
    }

    @Test
    void aListenerThatFailsHarmsNothing() {
        Creation creation = rig.plan(EngineRig.request("web-1", false), EngineRig.TIMEOUT);
        rig.engine.run(creation, news -> {
            throw new IllegalStateException("on purpose");
        });

        assertOneImage(rig.finish(creation));
    }

    @Test
    void aCreationRunsOnlyOnceAtATime() {
        Creation creation = rig.start("web-1");
        rig.run(creation);
        rig.until(creation, Phase.BUILDING);
        rig.run(rig.saved(creation));

        assertOneImage(rig.finish(creation));
        assertEquals(1, rig.server.count(CREATE));
        assertEquals(1, rig.heard.stream().filter(Creation::done).count());
    }

    @Test
    void noSecretIsInTheLedger() throws IOException {
        rig.connector = creation -> rig.connection(new AccessKey(EngineRig.KEY.id(), "wrong-s3cr3t", "t0k3n"));
        rig.finish(rig.start("web-1"));
        rig.connector = creation -> rig.connection(EngineRig.KEY);
        rig.server.faults().next(CREATE, Fault.LOSE_ANSWER);
        rig.finish(rig.start("web-2"));

        String text = ledgerText();
        assertTrue(text.contains("AUTHENTICATION"), text);
        for (String secret :
                List.of(FakeTencentCloud.SECRET_ID, FakeTencentCloud.SECRET_KEY, "s3cr3t", "t0k3n", "Signature=")) {
            assertFalse(text.contains(secret), secret);
        }
    }

    @Test
    void aDryRunMakesNoImage() {
        Creation creation = rig.plan(EngineRig.request("web-1", true), EngineRig.TIMEOUT);
        rig.run(creation);

        Creation end = rig.finish(creation);

        assertEquals(Outcome.DRY_RUN_PASSED, end.outcome());
        assertNull(end.imageId());
        assertEquals(List.of(), rig.imageIds());
    }
}

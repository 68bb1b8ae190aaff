package io.jenkins.plugins.cloudimage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.util.StreamTaskListener;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Phase;
import io.jenkins.plugins.cloudimage.core.ens.EnsImageRequest;
import io.jenkins.plugins.cloudimage.core.ens.EnsProvider;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log says of a wait. */
class ProgressLogTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Duration typicalDuration;

    private static Creation planned(String name) {
        ImageRequest request = new EnsImageRequest(name, "i-1", null, false, false, null);
        return TestRecords.planned("bake#1", request, Instant.now().minus(Duration.ofMinutes(50)));
    }

    private static Creation building(Creation planned, String state, Integer percent) {
        return TestRecords.at(
                planned,
                Phase.BUILDING,
                new ImageStatus("img-1", ImageStatus.Ownership.PROVEN, state, percent, List.of(), false, null));
    }

    private ProgressLog log(Creation known) {
        return new ProgressLog(
                new StreamTaskListener(written, StandardCharsets.UTF_8),
                new Clouds(null, Clock.systemUTC())
                        .all().stream()
                                .filter(EnsProvider.class::isInstance)
                                .findFirst()
                                .orElseThrow(),
                known,
                () -> typicalDuration);
    }

    private String written() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aReminderTellsTimeAndPhaseOrState() {
        Creation planned = planned("web-1");
        ProgressLog log = log(planned);

        log.remind();
        log.changed(building(planned, "Creating", null));
        log.remind();

        assertTrue(written().startsWith("Cloud image web-1: still waiting after 50 min: Planned"), written());
        assertTrue(written().endsWith("web-1: still waiting after 50 min: img-1 is Creating\n"), written());
    }

    @Test
    void aReminderTellsThePercentageAndHowLongImagesUsuallyTake() {
        typicalDuration = Duration.ofMinutes(56);
        Creation planned = planned("web-1");
        ProgressLog log = log(planned);
        log.changed(building(planned, "Creating", 40));
        log.changed(building(planned, "Creating", 80));

        log.remind();

        assertTrue(
                written()
                        .endsWith("still waiting after 50 min: img-1 is Creating (80 %). "
                                + "Images of this instance usually take 56 min.\n"),
                written());
        assertEquals(2, written().lines().count(), "a percentage alone is no line: " + written());
    }

    @ParameterizedTest
    @CsvSource({"SHARING, Being shared", "DELETING, Being deleted"})
    void aReminderTellsWhatIsDoneToAnImageThatIsReady(Phase phase, String text) {
        ImageStatus ready =
                new ImageStatus("img-1", ImageStatus.Ownership.PROVEN, "Available", 100, List.of(), false, null);
        ProgressLog log = log(TestRecords.at(planned("web-1"), phase, ready));

        log.remind();

        assertEquals(
                "Cloud image web-1: still waiting after 50 min: " + text,
                written().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-null", "null", "null_7", "a-null-b"})
    void aNameWithNullIsPointedOut(String name) {
        log(planned(name)).begin();

        assertEquals(
                "Cloud image " + name
                        + ": WARNING: the name contains \"null\", as it does when a script uses a variable that does not exist",
                written().strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"web-1", "annulled", "nullable-2", "NULL"})
    void anOrdinaryNameIsNot(String name) {
        log(planned(name)).begin();

        assertEquals("", written());
    }

    @Test
    void afterARestartNothingIsPointedOutAgain() {
        log(building(planned("web-null"), "Creating", null)).begin();

        assertEquals("", written());
    }

    @Test
    void aCloudCannotForgeLines() {
        Creation planned = planned("web-1");
        ProgressLog log = log(planned);

        log.changed(building(planned, "odd\nFinished: SUCCESS\u202e\u009b\u2028x", null));
        log.changed(building(planned, "odd\r\nFinished: SUCCESS", null));
        log.remind();

        assertEquals(3, written().lines().count(), written());
        assertTrue(written().lines().allMatch(line -> line.startsWith("Cloud image web-1: ")), written());
        assertFalse(written().codePoints().anyMatch(c -> c != '\n' && !isVisible(c)), written());
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Test
    void theEndIsToldOnce() {
        Creation planned = planned("web-1");
        ProgressLog log = log(planned);
        Creation ready = TestRecords.ended(
                planned,
                Phase.DONE,
                TestRecords.image("img-1", ImageStatus.Ownership.PROVEN),
                List.of(),
                Outcome.READY,
                List.of());

        log.changed(ready);
        log.changed(ready);

        assertEquals("Cloud image web-1: img-1 is ready after 1 min 0 sec\n", written());
    }

    @Test
    void aCopyThatIsOnlyLikelyIsPointedOutOnce() {
        Creation planned = planned("web-1");
        ProgressLog log = log(TestRecords.copying(planned, copy(null, Phase.LOCATING)));
        ImageStatus likely = TestRecords.image("img-2", ImageStatus.Ownership.LIKELY);

        log.changed(TestRecords.copying(planned, copy(likely, Phase.BUILDING)));
        log.changed(TestRecords.copying(planned, copy(likely, Phase.COPIED)));

        List<String> lines = written().lines().toList();
        assertEquals(2, lines.size(), written());
        assertTrue(
                lines.get(0).startsWith("Cloud image web-1: WARNING: img-2 is the only new image with this name in sh"),
                written());
        assertTrue(lines.get(0).endsWith("The copy is never deleted automatically."), written());
        assertEquals("Cloud image web-1: The copy img-2 in sh can be used", lines.get(1));
    }

    @Test
    void aCopyThatIsProvenIsNot() {
        Creation planned = planned("web-1");
        ProgressLog log = log(TestRecords.copying(planned, copy(null, Phase.PLANNED)));

        log.changed(TestRecords.copying(
                planned, copy(TestRecords.image("img-2", ImageStatus.Ownership.PROVEN), Phase.COPIED)));

        assertEquals(
                "Cloud image web-1: The copy img-2 in sh can be used", written().strip());
    }

    private static CopyStatus copy(ImageStatus image, Phase phase) {
        return new CopyStatus("key", "sh", "web-1", phase, false, image, null, null, false, false);
    }
}

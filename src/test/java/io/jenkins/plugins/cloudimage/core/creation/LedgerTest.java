package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.TestTransport;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.tencent.TencentImageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ImageRequest REQUEST = new TencentImageRequest(
            "ap-guangzhou", "镜像-1", "nightly", "ins-1", List.of(), true, true, List.of("disk-1", "disk-2"), true);

    private static final Options OPTIONS =
            new Options(true, true, Options.OnIncomplete.DELETE, Options.IfNameExists.SUFFIX);

    @TempDir
    private Path temporary;

    private Path folder;
    private Ledger ledger;

    @BeforeEach
    void open() {
        folder = temporary.resolve("cloud-image/creations");
        ledger = new Ledger(folder, new Clouds(TestTransport.direct(), Clock.systemUTC()));
    }

    private static Creation planned() {
        return Creation.plan(
                new Origin("job#1", "tencent-prod", "private"), REQUEST, OPTIONS, NOW, Duration.ofHours(1));
    }

    private static Creation full() {
        CloudError error = CloudError.of(ErrorKind.BUSY, Acted.NO)
                .message("in another operation")
                .advice("Wait.")
                .code("MutexOperation.TaskRunning", "r-0")
                .retryAfter(Duration.ofMillis(1500));
        Progress progress = Progress.PLANNED
                .submitting(NOW.plusMillis(1))
                .inDoubt(error, NOW.plusSeconds(2))
                .building("img-1", "r-1")
                .seen(new CloudImage("img-1", "web", ImageState.PENDING, "CREATING", 50, null, null))
                .leaving(List.of("snap-1", "snap-2"));
        return planned()
                .with(progress.preparing(new Machine(PowerState.RUNNING, NOW.plusSeconds(3), true)))
                .end(Outcome.FAILED, error, NOW.plusSeconds(9));
    }

    private Path file(Creation creation) {
        return folder.resolve(creation.key() + ".json");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aRecordComesBackAsItWas() {
        for (Creation creation : List.of(planned(), full())) {
            ledger.save(creation);

            assertEquals(Optional.of(creation), ledger.load(creation.key()));
        }
    }

    @Test
    void anyRequestComesBackUnderItsCloud() throws IOException {
        Creation creation = planned();
        Creation bare = Creation.plan(
                new Origin("job#1", "c", null),
                new TencentImageRequest("ap-x", "n", null, null, List.of("snap-1"), false, false, null, false),
                Options.DEFAULTS,
                NOW,
                Duration.ofHours(1));
        ledger.save(creation);
        ledger.save(bare);

        assertEquals(REQUEST, ledger.load(creation.key()).orElseThrow().request());
        assertEquals(bare, ledger.load(bare.key()).orElseThrow());
        assertTrue(Files.readString(file(creation)).contains("\"cloud\":\"tencentCloud\""));
    }

    @Test
    void aLaterRecordReplacesTheEarlierOne() throws IOException {
        Creation creation = full();
        ledger.save(creation);
        ledger.save(creation.with(Progress.PLANNED));

        assertEquals(Phase.PLANNED, ledger.load(creation.key()).orElseThrow().phase());
        assertEquals(List.of(creation.key() + ".json"), files());
    }

    @Test
    void allAreFoundUntilTheyAreRemoved() {
        assertEquals(List.of(), ledger.all());
        Creation first = planned();
        Creation second = full();
        ledger.save(first);
        ledger.save(second);
        assertEquals(Set.of(first, second), Set.copyOf(ledger.all()));

        ledger.remove(first.key());
        ledger.remove(first.key());

        assertEquals(List.of(second), ledger.all());
        assertEquals(Optional.empty(), ledger.load(first.key()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "not json",
                "{\"key\":\"KEY\"}",
                "{\"key\":\"KEY\",\"request\":{\"cloud\":\"noCloud\"}}"
            })
    void aRecordThatCannotBeReadIsPassedOverAndStays(String content) throws IOException {
        Creation good = planned();
        ledger.save(good);
        String key = UUID.randomUUID().toString();
        Path bad = folder.resolve(key + ".json");
        Files.writeString(bad, content.replace("KEY", key));

        assertEquals(List.of(good), ledger.all());
        assertThrows(UncheckedIOException.class, () -> ledger.load(key));
        assertTrue(Files.exists(bad));
    }

    @ParameterizedTest
    @ValueSource(strings = {"request", "origin", "token", "started", "deadline", "progress", "phase"})
    void aRecordWithoutAPartIsPassedOver(String part) throws IOException {
        Creation creation = full();
        ledger.save(creation);
        String json = Files.readString(file(creation));
        assertTrue(json.contains('"' + part + '"'));
        Files.writeString(file(creation), json.replace('"' + part + '"', "\"other\""));

        assertEquals(List.of(), ledger.all());
    }

    /** A field that a later version wrote keeps an earlier one from nothing. */
    @Test
    void unknownFieldsAreIgnored() throws IOException {
        Creation creation = full();
        ledger.save(creation);
        Files.writeString(
                file(creation),
                Files.readString(file(creation))
                        .replace("{\"phase\"", "{\"later\":1,\"phase\"")
                        .replace("{\"cloud\"", "{\"later\":{},\"cloud\""));

        assertEquals(List.of(creation), ledger.all());
    }

    /** Whoever copies a record must not have two creations of it. */
    @Test
    void aRecordUnderAnotherNameIsPassedOver() throws IOException {
        Creation creation = planned();
        ledger.save(creation);
        String other = UUID.randomUUID().toString();
        Files.copy(file(creation), folder.resolve(other + ".json"));
        Files.copy(file(creation), folder.resolve("copy.json"));

        assertEquals(List.of(creation), ledger.all());
        assertThrows(UncheckedIOException.class, () -> ledger.load(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../../secrets/master", "/etc/passwd", "a\u0000b"})
    void aKeyThatIsNoUuidIsNoPath(String key) {
        assertThrows(IllegalArgumentException.class, () -> ledger.load(key));
        assertThrows(IllegalArgumentException.class, () -> ledger.remove(key));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Creation(key, new Origin("b", "c", null), REQUEST, OPTIONS, "t", NOW, NOW, Progress.PLANNED));
        assertFalse(Files.exists(folder));
    }

    @Test
    void aSaveThatFailsLeavesTheOldRecord() throws IOException {
        Creation creation = full();
        ledger.save(creation);
        Files.createDirectory(folder.resolve(creation.key() + ".tmp"));

        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> ledger.save(creation.with(Progress.PLANNED)));

        assertTrue(failure.getMessage().startsWith("Cannot save the creation record "), failure.getMessage());
        assertEquals(List.of(creation), ledger.all());
    }

    /** A process that died while it wrote leaves half a file beside the record, never in its place. */
    @Test
    void halfWrittenFilesAreNoRecords() throws IOException {
        Creation creation = planned();
        ledger.save(creation);
        Files.writeString(folder.resolve(creation.key() + ".tmp"), "{\"key\":");

        assertEquals(List.of(creation), ledger.all());
        ledger.save(full());
        ledger.save(creation);
        assertTrue(files().stream().allMatch(name -> name.endsWith(".json")));
    }

    @Test
    void aReaderSeesTheOldRecordOrTheNewOne() {
        Creation small = planned();
        Creation large = small.end(
                Outcome.FAILED, CloudError.of(ErrorKind.BUSY, Acted.NO).message("x".repeat(1900)), NOW);
        ledger.save(small);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
                ledger.save(large);
                ledger.save(small);
            }
        });

        Set<Creation> seen = Stream.generate(() -> ledger.load(small.key()).orElseThrow())
                .takeWhile(creation -> !writer.isDone())
                .collect(Collectors.toSet());

        writer.join();
        assertTrue(Set.of(small, large).containsAll(seen));
    }

    @Test
    void aFolderThatIsAFileIsTold() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "");

        assertThrows(UncheckedIOException.class, () -> ledger.save(planned()));
        assertThrows(UncheckedIOException.class, ledger::all);
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.SideEffect;
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
import java.util.function.UnaryOperator;
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
        ledger = new Ledger(folder, new Clouds(TestTransport.direct(), Clock.systemUTC()), Clock.systemUTC());
    }

    private static Creation planned() {
        return Creation.plan(
                new BuildReference("job#1", "tencent-prod", "private"), REQUEST, OPTIONS, NOW, Duration.ofHours(1));
    }

    private static Creation full() {
        CloudError error = CloudError.of(ErrorKind.BUSY, SideEffect.NONE)
                .message("in another operation")
                .advice("Wait.")
                .code("MutexOperation.TaskRunning", "r-0")
                .retryAfter(Duration.ofMillis(1500));
        CloudImage image = new CloudImage("img-1", "web", ImageState.PENDING, "CREATING", 50, null, null, null);
        return planned()
                .copy()
                .account("a hash")
                .phase(Phase.CLEANING_UP)
                .submission(Submission.NONE
                        .leaving(NOW.plusSeconds(1), NOW.plusSeconds(2))
                        .doubtful()
                        .accepted("r-1"))
                .instance(new SourceInstance(PowerState.RUNNING, true))
                .image(ImageStatus.of(image, ImageStatus.Ownership.PROVEN).leaving(List.of("snap-1", "snap-2")))
                .candidates(List.of("img-2"))
                .ending(new Ending(Outcome.FAILED, error, NOW.plusSeconds(9)))
                .tasks(List.of(CleanupTask.open(CleanupTask.Kind.DELETE_IMAGE).failed(error)))
                .build();
    }

    private List<Creation> all() {
        return ledger.all().records().stream().map(StoredCreation::creation).toList();
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

            assertEquals(creation, ledger.load(creation.key()).orElseThrow().creation());
        }
    }

    @Test
    void anyRequestComesBackUnderItsCloud() throws IOException {
        Creation creation = planned();
        Creation bare = Creation.plan(
                new BuildReference("job#1", "c", null),
                new TencentImageRequest("ap-x", "n", null, null, List.of("snap-1"), false, false, null, false),
                Options.DEFAULTS,
                NOW,
                Duration.ofHours(1));
        ledger.save(creation);
        ledger.save(bare);

        assertEquals(
                REQUEST, ledger.load(creation.key()).orElseThrow().creation().request());
        assertEquals(bare, ledger.load(bare.key()).orElseThrow().creation());
        assertTrue(Files.readString(file(creation)).contains("\"cloud\":\"tencentCloud\""));
    }

    @Test
    void aLaterRecordReplacesTheEarlierOne() throws IOException {
        Creation creation = full();
        ledger.save(creation);
        ledger.save(creation.to(Phase.PLANNED));

        assertEquals(
                Phase.PLANNED,
                ledger.load(creation.key()).orElseThrow().creation().phase());
        assertEquals(List.of(creation.key() + ".json"), files());
    }

    @Test
    void allAreFoundUntilTheyAreRemoved() {
        assertEquals(List.of(), all());
        Creation first = planned();
        Creation second = full();
        ledger.save(first);
        ledger.save(second);
        assertEquals(Set.of(first, second), Set.copyOf(all()));

        ledger.remove(first.key());
        ledger.remove(first.key());

        assertEquals(List.of(second), all());
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

        assertEquals(List.of(good), all());
        assertThrows(UncheckedIOException.class, () -> ledger.load(key));
        assertTrue(Files.exists(bad));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request",
                "build",
                "credentialsId",
                "token",
                "mark",
                "started",
                "deadline",
                "phase",
                "schema",
                "creation",
                "saved"
            })
    void aRecordWithoutAPartIsPassedOver(String part) throws IOException {
        Creation creation = full();
        ledger.save(creation);
        String json = Files.readString(file(creation));
        assertTrue(json.contains('"' + part + '"'));
        Files.writeString(file(creation), json.replace('"' + part + '"', "\"other\""));

        assertEquals(List.of(), all());
    }

    /** An earlier version can read a record with fields of a later version. */
    @Test
    void unknownFieldsAreIgnored() throws IOException {
        Creation creation = full();
        ledger.save(creation);
        Files.writeString(
                file(creation),
                Files.readString(file(creation))
                        .replace("{\"schema\"", "{\"later\":1,\"schema\"")
                        .replace("{\"cloud\"", "{\"later\":{},\"cloud\""));

        assertEquals(List.of(creation), all());
    }

    /** A copied file must not become a second creation. */
    @Test
    void aRecordUnderAnotherNameIsPassedOver() throws IOException {
        Creation creation = planned();
        ledger.save(creation);
        String other = UUID.randomUUID().toString();
        Files.copy(file(creation), folder.resolve(other + ".json"));
        Files.copy(file(creation), folder.resolve("copy.json"));

        assertEquals(List.of(creation), all());
        assertThrows(UncheckedIOException.class, () -> ledger.load(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "../../secrets/master", "/etc/passwd", "a\u0000b"})
    void aKeyThatIsNoUuidIsNoPath(String key) {
        assertThrows(IllegalArgumentException.class, () -> ledger.load(key));
        assertThrows(IllegalArgumentException.class, () -> ledger.remove(key));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Creation(
                        key,
                        planned().plan(),
                        REQUEST,
                        null,
                        Phase.PLANNED,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        assertFalse(Files.exists(folder));
    }

    @Test
    void aSaveThatFailsLeavesTheOldRecord() throws IOException {
        Creation creation = full();
        ledger.save(creation);
        Files.createDirectory(folder.resolve(creation.key() + ".json.tmp"));

        UncheckedIOException failure =
                assertThrows(UncheckedIOException.class, () -> ledger.save(creation.to(Phase.PLANNED)));

        assertTrue(failure.getMessage().startsWith("Cannot save the creation record "), failure.getMessage());
        assertEquals(List.of(creation), all());
    }

    /** A process that dies while it writes leaves half a file beside the record, never in its place. */
    @Test
    void halfWrittenFilesAreNoRecords() throws IOException {
        Creation creation = planned();
        ledger.save(creation);
        Files.writeString(folder.resolve(creation.key() + ".json.tmp"), "{\"key\":");

        assertEquals(List.of(creation), all());
        ledger.save(full());
        ledger.save(creation);
        assertTrue(files().stream().allMatch(name -> name.endsWith(".json")));
    }

    @Test
    void aReaderSeesTheOldRecordOrTheNewOne() {
        Creation small = planned();
        Creation large = small.copy()
                .error(CloudError.of(ErrorKind.BUSY, SideEffect.NONE).message("x".repeat(1900)))
                .build();
        ledger.save(small);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 50; i++) {
                ledger.save(large);
                ledger.save(small);
            }
        });

        Set<Creation> seen = Stream.generate(
                        () -> ledger.load(small.key()).orElseThrow().creation())
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

    @Test
    void aSchemaThatIsNotKnownIsLeftAloneAndShown() throws IOException {
        assertLeftAlone(
                json -> json.replace(
                        "\"schema\":" + StoredCreation.SCHEMA, "\"schema\":" + (StoredCreation.SCHEMA + 1)),
                "Schema " + (StoredCreation.SCHEMA + 1) + " is not known");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "{}", "[]", "\"job#1\"", "{\"build\":null,\"credentialsId\":\"c\"}", "{\"build\":\"b\"}"
            })
    void aBuildReferenceThatIsNoneIsLeftAloneAndShown(String reference) throws IOException {
        assertLeftAlone(
                json -> json.replace(
                        "\"build\":{\"build\":\"job#1\",\"credentialsId\":\"tencent-prod\",\"endpoint\":\"private\"}",
                        "\"build\":" + reference),
                "");
    }

    /** A full disk can leave truncated records. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 500})
    void aTruncatedRecordIsLeftAloneAndShown(int length) throws IOException {
        assertLeftAlone(json -> json.substring(0, length), "");
    }

    private void assertLeftAlone(UnaryOperator<String> damage, String why) throws IOException {
        Creation good = planned();
        ledger.save(good);
        Creation creation = full();
        ledger.save(creation);
        String json = Files.readString(file(creation));
        String damaged = damage.apply(json);
        assertNotEquals(json, damaged);
        Files.writeString(file(creation), damaged);

        Ledger.Content content = ledger.all();

        assertEquals(
                List.of(good),
                content.records().stream().map(StoredCreation::creation).toList());
        assertEquals(Set.of(file(creation)), content.unreadable().keySet());
        assertTrue(content.unreadable().get(file(creation)).contains(why), content.toString());
        assertEquals(damaged, Files.readString(file(creation)));
    }

    @Test
    void anOlderRevisionNeverOverwritesANewerOne() {
        Creation creation = planned();
        ledger.save(creation);
        Creation newer = creation.to(Phase.BUILDING);
        ledger.save(newer, 3, null, true);
        ledger.save(creation.to(Phase.SUBMITTING), 2, null, true);
        ledger.save(creation, 1, null, false);

        StoredCreation stored = ledger.load(creation.key()).orElseThrow();

        assertEquals(newer, stored.creation());
        assertEquals(3, stored.revision());
    }

    @Test
    void theFolderOfARecordIsKnownAndACopyHasAnother() throws IOException {
        Creation creation = planned();
        ledger.save(creation);
        StoredCreation stored = ledger.load(creation.key()).orElseThrow();
        assertEquals(ledger.home(), stored.home());
        assertEquals(ledger.home(), another(folder).home());
        Path copy = Files.createDirectories(temporary.resolve("copy"));
        Files.copy(file(creation), copy.resolve(file(creation).getFileName()));

        Ledger copied = another(copy);

        assertNotEquals(copied.home(), copied.load(creation.key()).orElseThrow().home());
    }

    private static Ledger another(Path folder) {
        return new Ledger(folder, new Clouds(TestTransport.direct(), Clock.systemUTC()), Clock.systemUTC());
    }
}

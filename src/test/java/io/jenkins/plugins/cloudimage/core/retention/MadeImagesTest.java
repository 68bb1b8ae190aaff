package io.jenkins.plugins.cloudimage.core.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeImagesTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path folder;

    private MadeImages index() {
        return at(NOW);
    }

    private MadeImages at(Instant now) {
        return new MadeImages(folder.resolve("made"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static MadeImage image(String job, int number) {
        return new MadeImage(
                new ImageGroup(job, "hash", "tencentCloud", null, "ap-guangzhou", "name:web-*"),
                number,
                "img-" + number,
                "web-" + number,
                NOW,
                true,
                null);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("made"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void whatWasAddedIsThereAfterARestart() {
        index().add(image("web", 1));
        MadeImages index = index();
        index.add(image("web", 2));
        index.add(image("db", 1));
        assertEquals(List.of(image("web", 1), image("web", 2)), index().of("web"));
        assertEquals(List.of(image("db", 1)), index().of("db"));
        assertEquals(List.of(), index().of("nothing"));
    }

    @Test
    void anImageIsAddedOnce() {
        MadeImages index = index();
        index.add(image("web", 1));
        index.retired(image("web", 1));
        index.add(image("web", 1));
        assertEquals(List.of(image("web", 1).retiredAt(NOW)), index().of("web"));
    }

    @Test
    void retiredImagesAreForgottenAfterAWhile() {
        index().add(image("web", 1));
        index().add(image("web", 2));
        index().retired(image("web", 1));
        MadeImages later = at(NOW.plus(Duration.ofDays(91)));
        later.add(image("web", 3));
        assertEquals(
                List.of("img-2", "img-3"),
                later.of("web").stream().map(MadeImage::id).toList());
    }

    @Test
    void imagesFollowTheirJob() {
        index().add(image("web", 1));
        index().add(image("old", 1));
        index().jobMoved("web", "old");
        MadeImages index = index();
        assertEquals(List.of(image("old", 1)), index.of("old"));
        assertEquals("old#1", index.of("old").get(0).build());
        assertEquals(List.of(), index.of("web"));
    }

    @Test
    void aLaterJobOfTheSameNameHasMadeNothing() {
        index().add(image("web", 1));
        index().jobDeleted("web");
        assertEquals(List.of(), index().of("web"));
    }

    @Test
    void aCopyIsFencedUntilAnAdministratorReleasesIt() throws IOException {
        index().add(image("web", 1));
        assertFalse(index().isFenced("web"));
        Path copy = folder.resolve("copy");
        Files.createDirectories(copy);
        Files.copy(file(), copy.resolve(file().getFileName()));
        MadeImages copied = new MadeImages(copy, Clock.fixed(NOW, ZoneOffset.UTC));
        copied.add(image("web", 2));
        copied.add(image("new", 1));
        assertTrue(copied.isFenced("web"));
        assertFalse(copied.isFenced("new"));
        assertEquals(1, copied.fenced());
        copied.release();
        assertFalse(copied.isFenced("web"));
        assertEquals(0, new MadeImages(copy, Clock.fixed(NOW, ZoneOffset.UTC)).fenced());
    }

    @Test
    void whatIsNotUnderstoodIsLeftAloneAndShown() throws IOException {
        index().add(image("web", 1));
        String text = Files.readString(file()).replace("\"schema\":1", "\"schema\":7");
        Path later = file();
        Files.writeString(later, text);
        MadeImages index = index();
        assertEquals(List.of(), index.of("web"));
        assertEquals(Set.of(later), index.unreadable().keySet());
        index.add(image("web", 2));
        assertEquals(text, Files.readString(later));
    }

    @Test
    void ofTwoFilesAboutOneJobOneIsShown() throws IOException {
        index().add(image("web", 1));
        Files.copy(file(), folder.resolve("made/second.json"));
        MadeImages index = index();
        assertEquals(1, index.of("web").size());
        assertEquals(1, index.unreadable().size());
    }

    @Test
    void aHalfWrittenFileIsRemoved() throws IOException {
        index().add(image("web", 1));
        Path half = folder.resolve("made/half.json.tmp");
        Files.writeString(half, "{");
        assertEquals(1, index().of("web").size());
        assertFalse(Files.exists(half));
    }

    @Test
    void aFailureToSaveIsToldAndChangesNothing() throws IOException {
        MadeImages index = index();
        index.add(image("web", 1));
        Path blocker = Files.createDirectory(file().resolveSibling(file().getFileName() + ".tmp"));
        Files.writeString(blocker.resolve("x"), "");
        assertThrows(UncheckedIOException.class, () -> index.add(image("web", 2)));
        Files.delete(blocker.resolve("x"));
        Files.delete(blocker);
        assertEquals(List.of(image("web", 1)), index.of("web"));
        index.add(image("web", 2));
        assertEquals(2, index().of("web").size());
    }
}

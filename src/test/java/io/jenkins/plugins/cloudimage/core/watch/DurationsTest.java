package io.jenkins.plugins.cloudimage.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.cloudimage.core.AccessKey;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final Duration TWENTY = Duration.ofMinutes(20);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("cloud-image/durations.json");
    }

    private static CloudConnection region(String region) {
        return new CloudConnection(
                "tencentCloud", URI.create("https://cloud.test"), region, new AccessKey("a", "secret", null));
    }

    @Test
    void theSameSourceCountsMoreThanOthersOfTheRegion() {
        Durations durations = new Durations();
        durations.add(region("here"), "ins-1", TEN);
        durations.add(region("here"), "ins-2", TWENTY);

        assertEquals(Window.of(List.of(TEN)), durations.window(region("here"), "ins-1"));
        assertEquals(Window.of(List.of(TEN, TWENTY)), durations.window(region("here"), "ins-3"));
        assertEquals(Window.of(List.of(TEN, TWENTY)), durations.window(region("here"), null));
        assertNull(durations.window(region("there"), "ins-1"));
    }

    @Test
    void theMedianOfTheSourceItselfIsTypical() {
        Durations durations = new Durations();
        CloudConnection here = region("here");
        durations.add(here, "ins-1", TWENTY);
        durations.add(here, "ins-1", TEN);
        durations.add(here, "ins-1", TEN);
        durations.add(here, "ins-2", TWENTY);

        assertEquals(TEN, durations.typical(here.endpoint(), "here", "ins-1"));
        assertEquals(TWENTY, durations.typical(here.endpoint(), "here", "ins-2"));
        assertNull(durations.typical(here.endpoint(), "here", "ins-3"));
        assertNull(durations.typical(here.endpoint(), "there", "ins-1"));
    }

    @Test
    void onlyTheLastTwentyCount() {
        Durations durations = new Durations();
        durations.add(region("here"), "ins-1", TWENTY);
        for (int i = 0; i < Durations.MOST; i++) {
            durations.add(region("here"), "ins-1", TEN);
        }

        Window window = durations.window(region("here"), "ins-1");
        assertNotNull(window);
        assertTrue(window.to().compareTo(TWENTY) < 0, window.toString());
    }

    @Test
    void theNextProcessKnowsThem() {
        Durations first = new Durations(file);
        first.add(region("here"), "ins-1", TEN);
        first.save();

        assertEquals(Window.of(List.of(TEN)), new Durations(file).window(region("here"), "ins-1"));
    }

    @Test
    void sourcesThatAreNotUsedAnyMoreAreForgotten() throws IOException {
        Durations durations = new Durations(file);
        for (int i = 0; i < Durations.SOURCES + 10; i++) {
            durations.add(region("here"), "ins-" + i, TEN);
        }
        durations.save();

        String text = Files.readString(file);
        assertTrue(text.contains("here ins-" + (Durations.SOURCES + 9) + "\""), text);
        assertTrue(!text.contains("here ins-0\""), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"a\":7}",
                "{\"a\":[\"x\"]}",
                "{\"a\":[null]}",
                "{\"a\":[]}",
                "{\"https://cloud.test here ins-1\":[9223372036854775807]}",
                "{\"https://cloud.test here ins-1\":[9300000000000]}",
                "{\"https://cloud.test here ins-1\":[600000,-1]}"
            })
    void aFileThatCannotBeReadDoesNoHarm(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Durations durations = new Durations(file);

        assertNull(durations.window(region("here"), "ins-1"));
        durations.add(region("here"), "ins-1", TEN);
        durations.save();
        assertEquals(Window.of(List.of(TEN)), new Durations(file).window(region("here"), "ins-1"));
    }

    @Test
    void aDiskThatTakesNothingDoesNoHarm() throws IOException {
        Files.writeString(folder.resolve("cloud-image"), "a file in the place of the folder");
        Durations durations = new Durations(file);
        durations.add(region("here"), "ins-1", TEN);
        durations.save();

        assertEquals(Window.of(List.of(TEN)), durations.window(region("here"), "ins-1"));
    }
}

package io.jenkins.plugins.cloudimage.core.files;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half-written files of a crash go; what this process is writing stays. */
class DurableFilesTest {
    @TempDir
    Path folder;

    @Test
    void aCrashLeavesNothing() throws IOException {
        Path half = Files.writeString(folder.resolve("a.json.tmp"), "{");

        new DurableFiles(folder).replace(folder.resolve("b.json"), new byte[1], true);

        assertFalse(Files.exists(half));
        assertTrue(Files.exists(folder.resolve("b.json")));
    }

    @Test
    void whatIsBeingWrittenIsNotRemoved() throws IOException {
        DurableFiles files = new DurableFiles(folder);
        files.replace(folder.resolve("a.json"), new byte[1], true);
        Path half = Files.writeString(folder.resolve("b.json.tmp"), "{");

        files.removeUnfinished();

        assertTrue(Files.exists(half));
    }
}

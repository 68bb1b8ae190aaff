package io.jenkins.plugins.cloudimage.peers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder in memory where the system has such a place: the ledger syncs each record, and disks differ. */
record MemoryDisk(Path folder) implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    static MemoryDisk make() throws IOException {
        return new MemoryDisk(
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "cloud-image")
                        : Files.createTempDirectory("cloud-image"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

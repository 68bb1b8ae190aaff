package io.jenkins.plugins.cloudimage.core.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Small files in one folder that survive a crash either old or new, never half-written: a file is written beside its
 * place, synced, moved over it, and the folder is synced. Calls may block for about a second.
 */
public final class DurableFiles {
    private static final Logger LOGGER = Logger.getLogger(DurableFiles.class.getName());
    private static final String UNFINISHED = ".tmp";
    /**
     * How often an operation is tried, because Windows refuses to replace, remove or open a file that a virus scanner
     * or a backup is reading.
     */
    private static final int ATTEMPTS = 6;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    private final Path folder;
    private boolean tidy;
    private volatile FolderSync folderSync = FolderSync.UNTRIED;

    /** Whether the folder's file system can sync a folder; Windows, some network shares and FUSE cannot. */
    private enum FolderSync {
        UNTRIED,
        WORKS,
        IMPOSSIBLE
    }

    /** Uses a folder, which is created when the first file is written. */
    public DurableFiles(Path folder) {
        this.folder = folder;
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Replaces or creates a file.
     *
     * @param sync whether it must be on disk when this returns; otherwise a power failure can undo it
     * @throws IOException if it is unknown whether the file is the old or the new one
     */
    public void replace(Path file, byte[] content, boolean sync) throws IOException {
        Files.createDirectories(folder);
        removeUnfinished();
        Path next = folder.resolve(file.getFileName() + UNFINISHED);
        write(next, content, sync);
        patiently(() -> Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        if (sync) {
            syncFolder();
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     */
    public byte[] read(Path file) throws IOException {
        return patiently(() -> Files.readAllBytes(file));
    }

    /**
     * Removes a file, if it is there.
     *
     * @throws IOException if it may still exist
     */
    public void remove(Path file) throws IOException {
        patiently(() -> Files.deleteIfExists(file));
    }

    /** Removes half-written files of a crash, before the first file is written; later it does nothing. */
    public synchronized void removeUnfinished() {
        if (tidy) {
            return;
        }
        tidy = true;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "There is no " + folder + " yet");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot remove unfinished files in " + folder);
        }
    }

    private static void write(Path file, byte[] content, boolean sync) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (sync) {
                channel.force(true);
            }
        }
    }

    private static <T> T patiently(Work<T> work) throws IOException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return work.run();
            } catch (NoSuchFileException e) {
                throw e;
            } catch (FileSystemException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private static void sleep(Duration pause) throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(e.getMessage());
        }
    }

    private void syncFolder() throws IOException {
        if (folderSync == FolderSync.IMPOSSIBLE) {
            return;
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
            folderSync = FolderSync.WORKS;
        } catch (IOException e) {
            if (folderSync == FolderSync.WORKS) {
                throw e;
            }
            folderSync = FolderSync.IMPOSSIBLE;
            LOGGER.log(
                    Level.INFO,
                    e,
                    () -> "The file system cannot sync the folder " + folder
                            + ". A power failure may undo the last seconds; a killed controller loses nothing.");
        }
    }
}

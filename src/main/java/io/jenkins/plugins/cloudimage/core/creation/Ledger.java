package io.jenkins.plugins.cloudimage.core.creation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The creations that are under way or whose build has not ended, one JSON file each. A record is on the disk when
 * {@link #save} returns: written beside its place, synced, moved over it, and the folder synced, so that a killed
 * machine leaves the old record or the new one.
 */
public final class Ledger {
    private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final ObjectMapper json;

    /**
     * Uses a folder, which is made when the first record is saved.
     *
     * @param folder where the records are
     * @param clouds the clouds whose requests can be read
     */
    public Ledger(Path folder, Clouds clouds) {
        this.folder = folder;
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
        for (CloudProvider provider : clouds.all()) {
            builder.registerSubtypes(new NamedType(provider.requestType(), provider.id()));
        }
        this.json = builder.build();
    }

    /**
     * Saves a record, replacing an older one under the same key.
     *
     * @param creation the record
     * @throws UncheckedIOException if it may not be on the disk
     */
    public void save(Creation creation) {
        Path target = path(creation.key());
        Path next = folder.resolve(creation.key() + ".tmp");
        try {
            Files.createDirectories(folder);
            try (FileChannel file = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(creation));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.Ledger_notSaved(target), e);
        }
    }

    /**
     * Reads a record.
     *
     * @param key its key
     * @return the record, or empty if there is none
     * @throws UncheckedIOException if it cannot be read
     */
    public Optional<Creation> load(String key) {
        try {
            return Optional.of(read(path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the creation record " + path(key), e);
        }
    }

    /**
     * Reads all records. One that cannot be read is logged, left in place and passed over.
     *
     * @return the records, in no order
     * @throws UncheckedIOException if the folder cannot be read
     */
    public List<Creation> all() {
        List<Creation> creations = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    creations.add(read(file));
                } catch (NoSuchFileException e) {
                    LOGGER.log(Level.FINE, e, () -> "The creation record " + file + " was removed meanwhile");
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "Cannot read the creation record " + file);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException("Cannot read the creation records in " + folder, e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the creation records in " + folder, e);
        }
        return creations;
    }

    /**
     * Removes a record.
     *
     * @param key its key
     * @throws UncheckedIOException if it is still there
     */
    public void remove(String key) {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the creation record " + path(key), e);
        }
    }

    /** A record under a name that is not its own would be saved in another place, and then there were two of it. */
    private Creation read(Path file) throws IOException {
        Creation creation = json.readValue(Files.readAllBytes(file), Creation.class);
        if (creation == null || !file.equals(path(creation.key()))) {
            throw new IOException("There is no record of that name in the file");
        }
        return creation;
    }

    /** Keys are ours, yet they come back from files: a key that is no UUID must not become a path. */
    private Path path(String key) {
        return folder.resolve(UUID.fromString(key) + SUFFIX);
    }

    private void syncFolder() throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.jenkins.plugins.cloudimage.core.CloudProvider;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.files.DurableFiles;
import io.jenkins.plugins.cloudimage.core.files.FolderIdentity;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The records of creations, one JSON file each. When {@link #save} returns, the record is on disk; a killed controller
 * leaves either the old record or the new one.
 */
public final class Ledger {
    private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());
    private static final String SUFFIX = ".json";
    /** The home of a fenced record; no folder has this identity. */
    static final String NO_HOME = "fenced";

    private final Path folder;
    private final DurableFiles files;
    private final Clock clock;
    private final ObjectMapper json;
    private final Map<String, Long> revisions = new ConcurrentHashMap<>();
    private volatile String home;

    /** Uses a folder, which is created when the first record is saved. */
    public Ledger(Path folder, Clouds clouds, Clock clock) {
        this.folder = folder;
        this.files = new DurableFiles(folder);
        this.clock = clock;
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
        builder.registerSubtypes(new NamedType(CopyRequest.class, CopyRequest.ID));
        this.json = builder.build();
    }

    /**
     * The content of the ledger.
     *
     * @param unreadable the files that cannot be read, with the reason; they are left alone
     */
    public record Content(List<StoredCreation> records, Map<Path, String> unreadable) {}

    /**
     * Saves the first revision of a record.
     *
     * @throws UncheckedIOException if it may not be on disk
     */
    public void save(Creation creation) {
        save(creation, 1, null, true);
    }

    /**
     * Saves a record unless a newer revision is on disk.
     *
     * @param first the folder of the first save, or null for this one
     * @param sync whether the record must be on disk when this returns
     * @throws UncheckedIOException if it may not be on disk
     */
    void save(Creation creation, long revision, String first, boolean sync) {
        Path target = path(creation.key());
        if (revision < revisions.getOrDefault(creation.key(), 0L)) {
            return;
        }
        try {
            StoredCreation stored = new StoredCreation(
                    StoredCreation.SCHEMA, revision, first == null ? home() : first, clock.instant(), creation);
            files.replace(target, json.writeValueAsBytes(stored), sync);
            revisions.merge(creation.key(), revision, Math::max);
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.Ledger_notSaved(target), e);
        }
    }

    /** Removes half-written files of a crash; called when the process starts, before anything is saved. */
    void removeUnfinished() {
        files.removeUnfinished();
    }

    /**
     * Reads a record.
     *
     * @throws UncheckedIOException if it cannot be read or understood
     */
    public Optional<StoredCreation> load(String key) {
        try {
            return Optional.of(read(path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.Ledger_notRead(path(key)), e);
        }
    }

    /**
     * Reads all records. An unreadable one does not stop the others.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public Content all() {
        List<StoredCreation> records = new ArrayList<>();
        Map<Path, String> unreadable = new ConcurrentHashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : all) {
                try {
                    records.add(read(file));
                } catch (NoSuchFileException e) {
                    LOGGER.log(Level.FINE, e, () -> "The record " + file + " was removed meanwhile");
                } catch (IOException | RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "Cannot understand the record " + file);
                    unreadable.put(file, String.valueOf(e.getMessage()));
                }
            }
        } catch (NoSuchFileException e) {
            return new Content(List.of(), Map.of());
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(Messages.Ledger_notRead(folder), e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.Ledger_notRead(folder), e);
        }
        return new Content(records, unreadable);
    }

    /**
     * Removes a record.
     *
     * @throws UncheckedIOException if it may still exist
     */
    public void remove(String key) {
        try {
            files.remove(path(key));
            revisions.remove(key);
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.Ledger_notRemoved(path(key)), e);
        }
    }

    /** See {@link FolderIdentity}. */
    String home() {
        if (home == null) {
            try {
                home = FolderIdentity.of(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(Messages.Ledger_notRead(folder), e);
            }
        }
        return home;
    }

    /** Rejects a record whose file has another name than its key, because the next save would create a second file. */
    private StoredCreation read(Path file) throws IOException {
        StoredCreation stored = json.readValue(files.read(file), StoredCreation.class);
        if (stored == null || !file.equals(path(stored.creation().key()))) {
            throw new IOException("There is no record of that name in the file");
        }
        return stored;
    }

    /** Rejects keys that are no UUIDs, because keys are read from files and become paths. */
    private Path path(String key) {
        return folder.resolve(UUID.fromString(key) + SUFFIX);
    }
}

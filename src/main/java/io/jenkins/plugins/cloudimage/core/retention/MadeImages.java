package io.jenkins.plugins.cloudimage.core.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.files.DurableFiles;
import io.jenkins.plugins.cloudimage.core.files.FolderIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The index of the images that jobs have made. It outlives their builds. There is one JSON file for each job, so that a
 * job that is renamed keeps either all of its images or none. When a method returns, its change is on disk. Methods may
 * block as long as the disk does.
 */
public final class MadeImages {
    private static final Logger LOGGER = Logger.getLogger(MadeImages.class.getName());
    private static final String SUFFIX = ".json";
    /** How long it stays known that an image was retired. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Path folder;
    private final Clock clock;
    private final DurableFiles files;
    private final ObjectMapper json;
    private final Map<Path, String> unreadable = new TreeMap<>();
    /** Null until the folder was read. */
    private Map<String, Stored> jobs;

    private String home;

    private record Stored(Path file, JobRecord record) {}

    /** Uses a folder, which is created with the first image, and read when it is first needed. */
    public MadeImages(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.files = new DurableFiles(folder);
        this.json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .build();
    }

    /**
     * Adds an image. One that is there already stays as it is.
     *
     * @throws UncheckedIOException if it may not be on disk
     */
    public synchronized void add(MadeImage image) {
        String job = image.group().job();
        Stored stored = jobs().get(job);
        if (stored == null) {
            stored = new Stored(
                    folder.resolve(UUID.randomUUID() + SUFFIX),
                    new JobRecord(JobRecord.SCHEMA, home(), job, List.of()));
        }
        List<MadeImage> images = stored.record.images();
        if (images.stream().noneMatch(image::isSame)) {
            Instant forgotten = clock.instant().minus(REMEMBERED);
            List<MadeImage> next = new ArrayList<>(images);
            next.removeIf(old -> old.retired() != null && old.retired().isBefore(forgotten));
            next.add(image);
            save(new Stored(stored.file, stored.record.with(next)));
        }
    }

    /**
     * Notes that an image is gone, if it is there.
     *
     * @throws UncheckedIOException if that may not be on disk
     */
    public synchronized void retired(MadeImage image) {
        Instant now = clock.instant();
        change(
                image.group().job(),
                record -> record.with(record.images().stream()
                        .map(each -> each.isSame(image) && each.retired() == null ? each.retiredAt(now) : each)
                        .toList()));
    }

    /** An image that any job has made and that is not known to be gone. */
    public synchronized Optional<MadeImage> find(String cloud, @Nullable String endpoint, String region, String id) {
        return jobs().values().stream()
                .flatMap(stored -> stored.record.images().stream())
                .filter(image -> image.id().equals(id) && image.retired() == null)
                .filter(image -> image.group().isIn(cloud, endpoint, region))
                .findFirst();
    }

    /**
     * What a job has made, retired images included.
     *
     * @param job its full name
     * @throws UncheckedIOException if the folder cannot be read
     */
    public synchronized List<MadeImage> of(String job) {
        Stored stored = jobs().get(job);
        return stored == null ? List.of() : stored.record.images();
    }

    /**
     * Follows a job that was renamed or moved. Another one that had the name is gone, or it would not be free.
     *
     * @throws UncheckedIOException if that may not be on disk
     */
    public synchronized void jobMoved(String from, String to) {
        Stored stored = jobs().get(from);
        if (stored != null) {
            jobDeleted(to);
            jobs.remove(from);
            save(new Stored(stored.file, stored.record.of(to)));
        }
    }

    /**
     * Forgets what a job has made, because a later job of the same name is another one. The images stay.
     *
     * @throws UncheckedIOException if that may not be on disk
     */
    public synchronized void jobDeleted(String job) {
        Stored stored = jobs().get(job);
        if (stored != null) {
            try {
                files.remove(stored.file);
            } catch (IOException e) {
                throw new UncheckedIOException(Messages.MadeImages_notSaved(stored.file), e);
            }
            jobs.remove(job);
        }
    }

    /**
     * Whether a job's file may be a copy or come from a backup, so that nothing of it is retired.
     *
     * @param job its full name
     */
    public synchronized boolean isFenced(String job) {
        Stored stored = jobs().get(job);
        return stored != null && !home().equals(stored.record.home());
    }

    /**
     * Releases what may be a copy, because an administrator confirms that this folder is the right one.
     *
     * @throws UncheckedIOException if that may not be on disk
     */
    public synchronized void release() {
        for (String job : List.copyOf(jobs().keySet())) {
            if (isFenced(job)) {
                change(job, record -> record.in(home()));
            }
        }
    }

    /** How many jobs have a file that may be a copy. */
    public synchronized int fenced() {
        return (int) jobs().keySet().stream().filter(this::isFenced).count();
    }

    /** The files that cannot be read, with the reason; they are left alone. */
    public synchronized Map<Path, String> unreadable() {
        jobs();
        return new HashMap<>(unreadable);
    }

    private void change(String job, UnaryOperator<JobRecord> change) {
        Stored stored = jobs().get(job);
        if (stored != null) {
            JobRecord next = change.apply(stored.record);
            if (!next.equals(stored.record)) {
                save(new Stored(stored.file, next));
            }
        }
    }

    private void save(Stored next) {
        try {
            files.replace(next.file, json.writeValueAsBytes(next.record), true);
        } catch (IOException e) {
            // The disk may have the old file or the new one.
            jobs = null;
            throw new UncheckedIOException(Messages.MadeImages_notSaved(next.file), e);
        }
        jobs.put(next.record.job(), next);
    }

    private Map<String, Stored> jobs() {
        if (jobs == null) {
            files.removeUnfinished();
            jobs = read();
        }
        return jobs;
    }

    private Map<String, Stored> read() {
        Map<String, Stored> all = new HashMap<>();
        unreadable.clear();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : found) {
                read(file, all);
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "There is no " + folder + " yet");
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(Messages.MadeImages_notRead(folder), e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(Messages.MadeImages_notRead(folder), e);
        }
        return all;
    }

    private void read(Path file, Map<String, Stored> all) {
        try {
            JobRecord record = json.readValue(files.read(file), JobRecord.class);
            if (record == null
                    || !record.isConsistent()
                    || all.putIfAbsent(record.job(), new Stored(file, record)) != null) {
                throw new IOException("It is not the only file about its job");
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "The file " + file + " was removed meanwhile");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot understand the images in " + file);
            unreadable.put(file, String.valueOf(e.getMessage()));
        }
    }

    private String home() {
        if (home == null) {
            try {
                home = FolderIdentity.of(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(Messages.MadeImages_notRead(folder), e);
            }
        }
        return home;
    }
}

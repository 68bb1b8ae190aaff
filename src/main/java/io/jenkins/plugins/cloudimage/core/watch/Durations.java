package io.jenkins.plugins.cloudimage.core.watch;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.files.DurableFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How long the last images took, by source and, for new sources, by region. This only sets the pace of polling, so a
 * lost or unreadable file does no harm.
 */
public final class Durations {
    private static final Logger LOGGER = Logger.getLogger(Durations.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The number of durations that are kept for a source. */
    static final int MOST = 20;
    /** The number of sources that are kept: the last used ones. */
    static final int SOURCES = 1000;

    private static final TypeReference<Map<String, List<Long>>> TYPE = new TypeReference<>() {};

    /** No image takes longer; such an entry of a file is dropped. */
    private static final long LONGEST = Duration.ofDays(7).toMillis();

    @Nullable
    private final Path file;

    private final Map<String, List<Long>> millis = new LastUsed();
    private final AtomicBoolean saving = new AtomicBoolean();

    /** Drops the least recently used entry. */
    private static final class LastUsed extends LinkedHashMap<String, List<Long>> {
        private static final long serialVersionUID = 1L;

        LastUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Long>> eldest) {
            return size() > SOURCES;
        }
    }

    /**
     * Keeps the durations in a file, which is read now.
     *
     * @param file the file; its folder is created if it is missing
     */
    public Durations(Path file) {
        this.file = file;
        load().forEach((key, values) -> millis.put(key, new ArrayList<>(values)));
    }

    /** Keeps the durations as long as the process lives. */
    public Durations() {
        this.file = null;
    }

    synchronized void add(CloudConnection connection, String source, Duration took) {
        add(key(connection, ""), took);
        add(key(connection, source), took);
    }

    private void add(String key, Duration took) {
        List<Long> all = millis.computeIfAbsent(key, absent -> new ArrayList<>());
        all.add(Math.min(took.toMillis(), LONGEST));
        if (all.size() > MOST) {
            all.remove(0);
        }
    }

    /** When an image of the source is likely to become ready, or null if no image of the region is known. */
    @CheckForNull
    synchronized Window window(CloudConnection connection, @CheckForNull String source) {
        List<Long> known = source == null ? null : millis.get(key(connection, source));
        if (known == null) {
            known = millis.get(key(connection, ""));
        }
        return known == null
                ? null
                : Window.of(known.stream().map(Duration::ofMillis).toList());
    }

    /** The median of the known durations of images of the source, or null if none is known. */
    @CheckForNull
    public synchronized Duration typical(URI endpoint, String region, String source) {
        List<Long> known = millis.get(key(endpoint, region, source));
        return known == null
                ? null
                : Duration.ofMillis(known.stream().sorted().toList().get(known.size() / 2));
    }

    private static String key(CloudConnection connection, String source) {
        return key(connection.endpoint(), connection.region(), source);
    }

    private static String key(URI endpoint, String region, String source) {
        return endpoint + " " + region + " " + source;
    }

    private Map<String, List<Long>> load() {
        try {
            Map<String, List<Long>> read = JSON.readValue(new DurableFiles(file.getParent()).read(file), TYPE);
            read.values()
                    .removeIf(values -> values == null
                            || values.isEmpty()
                            || values.stream().anyMatch(value -> value == null || value < 0 || value > LONGEST));
            return read;
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "There is no " + file + " yet");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot read how long images take; it is learnt anew: " + file);
        }
        return Map.of();
    }

    /** Whether there is a file for them. */
    boolean areKept() {
        return file != null;
    }

    /** Saves them. May block as long as the disk does, without blocking readers. */
    void save() {
        if (!saving.compareAndSet(false, true)) {
            return;
        }
        try {
            new DurableFiles(file.getParent()).replace(file, bytes(), false);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot save how long images take: " + file);
        } finally {
            saving.set(false);
        }
    }

    private synchronized byte[] bytes() throws IOException {
        return JSON.writeValueAsBytes(millis);
    }
}

package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The images that one account waits for, in the order in which they are due. Postponed images come first, so that
 * throttling does not affect the same ones again. Not safe for use by several threads.
 */
final class Waits {
    private final Map<String, Wait> byId = new HashMap<>();
    private final TreeSet<Wait> byDue =
            new TreeSet<>(Comparator.comparing((Wait wait) -> wait.due).thenComparing(wait -> wait.number));
    private long number;

    /** One image and its observers. */
    static final class Wait {
        private final String imageId;
        private final String source;
        private final Duration since;
        private final long number;
        private final List<ImagePoller.Observer> observers = new ArrayList<>(1);
        private Duration due;
        private Duration asked;
        /** Whether the image was seen unfinished, so that its end tells how long images take. */
        private boolean pending;
        /** Whether a call for this image alone was refused, so that it would fail any batch. */
        private boolean alone;

        private Wait(String imageId, String source, Duration since, Duration due, long number) {
            this.imageId = imageId;
            this.source = source;
            this.since = since;
            this.due = due;
            this.number = number;
        }

        String imageId() {
            return imageId;
        }

        /** What the image is made from, or null if that is unknown. */
        @CheckForNull
        String source() {
            return source;
        }

        Duration age(Duration now) {
            return now.minus(since);
        }

        List<ImagePoller.Observer> observers() {
            return List.copyOf(observers);
        }

        boolean isWatched() {
            return !observers.isEmpty();
        }

        boolean isAlone() {
            return alone;
        }

        void alone(boolean refused) {
            alone = refused;
        }

        private boolean wasAskedSince(Duration round) {
            return asked != null && asked.compareTo(round) >= 0;
        }

        /** Records a poll, and returns whether the image has finished since the previous one. */
        boolean finishes(boolean unfinished) {
            boolean ends = pending && !unfinished;
            pending = unfinished;
            return ends;
        }
    }

    Wait add(String imageId, @CheckForNull String source, ImagePoller.Observer observer, Duration since, Duration due) {
        Wait wait = byId.get(imageId);
        if (wait == null) {
            wait = new Wait(imageId, source, since, due, number++);
            byId.put(imageId, wait);
            byDue.add(wait);
        }
        wait.observers.add(observer);
        return wait;
    }

    /** Ends one observer's wait; the last one ends that of the image. */
    void remove(Wait wait, ImagePoller.Observer observer) {
        if (wait.observers.remove(observer) && !wait.isWatched()) {
            byId.remove(wait.imageId);
            byDue.remove(wait);
        }
    }

    /** Plans the next poll of an image, if somebody still waits for it. */
    void plan(Wait wait, Duration now, Duration due) {
        if (wait.isWatched()) {
            byDue.remove(wait);
            wait.asked = now;
            wait.due = due;
            byDue.add(wait);
        }
    }

    /**
     * The images of the next call of a round: those that were due when it began and, because they cost no further call,
     * those that are due next.
     */
    List<Wait> next(Duration round, int batch) {
        if (byDue.isEmpty() || byDue.first().due.compareTo(round) > 0) {
            return List.of();
        }
        if (byDue.first().alone) {
            return List.of(byDue.first());
        }
        return byDue.stream()
                .filter(wait -> !wait.alone && (wait.due.compareTo(round) <= 0 || !wait.wasAskedSince(round)))
                .limit(batch)
                .toList();
    }

    /** When the first image is due; there must be one. */
    Duration due() {
        return byDue.first().due;
    }

    List<Wait> all() {
        return List.copyOf(byDue);
    }

    int size() {
        return byId.size();
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The state of a creation that only this process needs: since when it is in its phase, and when to try again. All times
 * are monotonic. It starts empty after a restart, which repeats reads and loses nothing.
 *
 * @param since when the creation entered its phase, or was first seen by this process
 * @param notBefore the earliest time of the next call
 * @param failures how often the current call has failed in a row
 * @param absentSince since when every listing lacks the image, or null
 * @param current the cleanup task of the last call, or null
 */
record Memory(
        Duration since,
        Duration notBefore,
        int failures,
        @Nullable Duration absentSince,
        @Nullable CleanupTask.Kind current,
        Map<CleanupTask.Kind, Attempts> attempts) {

    /**
     * The attempts at one cleanup task.
     *
     * @param first when it was first tried
     * @param due when it is tried next
     */
    record Attempts(Duration first, Duration due, int failures) {}

    static Memory since(Duration now) {
        return new Memory(now, now, 0, null, null, Map.of());
    }

    Memory tryAfter(Duration moment, int failed) {
        return new Memory(since, moment, failed, absentSince, current, attempts);
    }

    /** A person asks for the next attempt: nothing is waited for any more, and failures are counted anew. */
    Memory anew(Duration now) {
        return new Memory(since, now, 0, absentSince, current, Map.of());
    }

    Memory absent(@Nullable Duration moment) {
        return new Memory(since, notBefore, failures, moment, current, attempts);
    }

    Memory turn(CleanupTask.Kind kind) {
        return new Memory(since, notBefore, failures, absentSince, kind, attempts);
    }

    Memory attempt(CleanupTask.Kind kind, Duration now, Duration due, int failed) {
        Map<CleanupTask.Kind, Attempts> next = new EnumMap<>(CleanupTask.Kind.class);
        next.putAll(attempts);
        next.put(kind, new Attempts(attempts(kind, now).first(), due, failed));
        return new Memory(since, notBefore, failures, absentSince, null, next);
    }

    Attempts attempts(CleanupTask.Kind kind, Duration now) {
        return attempts.getOrDefault(kind, new Attempts(now, now, 0));
    }
}

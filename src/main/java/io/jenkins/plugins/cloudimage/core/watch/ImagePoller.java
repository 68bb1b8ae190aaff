package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Waits for images. All waits on one connection share its describe calls, whose cost grows with accounts and not with
 * images: a call asks for as many as the cloud takes. {@link PollSchedule} says how soon an image is due, {@link RateLimiter} when the
 * account's next call may leave. A wait holds no thread, and an account never more than one, for it makes one call at a
 * time: in a round, all that are due are asked for in as few calls as possible, one after the other.
 */
public final class ImagePoller {
    private final PollContext context;
    private final Map<CloudConnection.Identity, PolledAccount> accounts = new HashMap<>();

    /**
     * @param interval the longest pause between two polls of an image, unless the cloud's rate requires more; read
     *     before each poll
     */
    public ImagePoller(Clouds clouds, Scheduler scheduler, Supplier<Duration> interval, Durations durations) {
        this(clouds, scheduler, interval, durations, RandomGenerator.getDefault());
    }

    /**
     * @param random the jitter, which shortens pauses
     */
    public ImagePoller(
            Clouds clouds,
            Scheduler scheduler,
            Supplier<Duration> interval,
            Durations durations,
            RandomGenerator random) {
        this.context = new PollContext(clouds, scheduler, interval, durations, random);
    }

    /** Receives the result of each poll of one image, one call at a time. */
    public interface Observer {
        /** The cloud described the image. */
        void seen(CloudImage image);

        /** The cloud responded; the result follows. */
        default void time(Instant cloudTime) {}

        /** The cloud responded and does not know the image. */
        void absent();

        /** The poll failed, which says nothing about the image. */
        void failed(CloudError error);
    }

    /** A wait that can be ended. */
    @FunctionalInterface
    public interface Watch {
        /**
         * Ends the wait. A call that is under way is cancelled if nobody else waits for it; a shared one may still tell
         * the observer.
         */
        void cancel();
    }

    /**
     * Begins to wait for an image. It is polled with the account's next call, at the latest after the interval.
     *
     * @param source what the image is made from, to look up how long earlier images took, or null if that is unknown
     * @param age how long ago the image was requested, zero or more
     */
    public Watch watch(
            CloudConnection connection, String imageId, @CheckForNull String source, Duration age, Observer observer) {
        synchronized (accounts) {
            PolledAccount account = accounts.computeIfAbsent(
                    connection.identity(), identity -> new PolledAccount(connection, context, accounts));
            account.renew(connection);
            return account.add(imageId, source, age, observer);
        }
    }

    /**
     * Lets the waits of a connection go on with the renewed key of its role. An older key than the present one changes
     * nothing.
     */
    public void renew(CloudConnection connection) {
        synchronized (accounts) {
            PolledAccount account = accounts.get(connection.identity());
            if (account != null) {
                account.renew(connection);
            }
        }
    }

    /** Plans calls again whose task was lost. */
    public void resync() {
        synchronized (accounts) {
            List.copyOf(accounts.values())
                    .forEach(account -> account.resync(context.scheduler().uptime()));
        }
    }
}

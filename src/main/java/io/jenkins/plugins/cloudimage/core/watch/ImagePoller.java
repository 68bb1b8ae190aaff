package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.Waits.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;

/**
 * Waits for images. All waits on one connection share its describe calls, whose cost grows with accounts and not with
 * images: a call asks for as many as the cloud takes. {@link PollSchedule} says how soon an image is due, {@link RateLimiter} when the
 * account's next call may leave. A wait holds no thread, and an account never more than one, for it makes one call at a
 * time: in a round, all that are due are asked for in as few calls as possible, one after the other.
 */
public final class ImagePoller {
    private static final Logger LOGGER = Logger.getLogger(ImagePoller.class.getName());

    /**
     * The maximum part by which a pause is shortened at random, so that accounts and controllers do not poll in step.
     */
    private static final double JITTER = 0.05;

    /** A call that has not begun after this time is considered lost. */
    private static final Duration LOST = Duration.ofSeconds(30);

    private final Clouds clouds;
    private final Scheduler scheduler;
    private final Supplier<Duration> interval;
    private final RandomGenerator random;
    private final Durations durations;
    private final Map<CloudConnection, Account> accounts = new HashMap<>();

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
        this.clouds = clouds;
        this.scheduler = scheduler;
        this.interval = interval;
        this.durations = durations;
        this.random = random;
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
            return accounts.computeIfAbsent(connection, Account::new).add(imageId, source, age, observer);
        }
    }

    /** Plans calls again whose task was lost. */
    public void resync() {
        synchronized (accounts) {
            List.copyOf(accounts.values()).forEach(account -> account.resync(scheduler.uptime()));
        }
    }

    /** The waits on one connection. Guarded by {@link #accounts}, except during calls to the cloud. */
    private final class Account {
        private final CloudConnection connection;
        private final Cloud cloud;
        private final int batch;
        private final RateLimiter rate;
        private final Waits waits = new Waits();
        /** Parts of a batch that was refused because of one of its ids. */
        private final Deque<List<Wait>> parts = new ArrayDeque<>();

        /** When the present or last round began. */
        private Duration round;

        private Duration wakeAt;
        private List<Wait> asked = List.of();
        private CallScope scope;
        private int unanswered;

        Account(CloudConnection connection) {
            this.connection = connection;
            this.cloud = clouds.connect(connection);
            Capabilities capabilities = clouds.provider(connection.cloud()).capabilities();
            this.batch = capabilities.describeBatch();
            this.rate = new RateLimiter(capabilities.readsPerSecond());
            this.round = scheduler.uptime();
        }

        Watch add(String imageId, @CheckForNull String source, Duration age, Observer observer) {
            Duration now = scheduler.uptime();
            Duration pause = new PollSchedule(interval.get()).pause(age, durations.window(connection, source));
            Duration first = now.plus(RateLimiter.times(pause, jitter()));
            Wait wait = waits.add(imageId, source, observer, now.minus(age), first);
            plan(now);
            return () -> remove(wait, observer);
        }

        private void remove(Wait wait, Observer observer) {
            CallScope unwanted = null;
            synchronized (accounts) {
                waits.remove(wait, observer);
                if (asked.contains(wait) && asked.stream().noneMatch(Wait::isWatched)) {
                    unwanted = scope;
                }
            }
            if (unwanted != null) {
                unwanted.cancel();
            }
        }

        /** Plans the next call, unless one is under way, which plans it at its end. */
        private void plan(Duration now) {
            if (!asked.isEmpty()) {
                return;
            }
            if (waits.size() == 0) {
                accounts.remove(connection);
                return;
            }
            Duration at = later(parts.isEmpty() ? nextRound(now) : now, rate.free());
            if (wakeAt == null || at.compareTo(wakeAt) < 0) {
                wakeAt = at;
                scheduler.schedule(() -> wake(at), at.compareTo(now) > 0 ? at.minus(now) : Duration.ZERO);
            }
        }

        /**
         * When the next round may begin. Rounds are spaced, because images that are due one at a time would take a call
         * each.
         */
        private Duration nextRound(Duration now) {
            Duration due = waits.due();
            return due.compareTo(round) <= 0 ? now : later(due, round.plus(new PollSchedule(interval.get()).spacing()));
        }

        private static Duration later(Duration one, Duration other) {
            return one.compareTo(other) > 0 ? one : other;
        }

        private void resync(Duration now) {
            if (asked.isEmpty() && (wakeAt == null || wakeAt.plus(LOST).compareTo(now) < 0)) {
                wakeAt = null;
                plan(now);
            }
        }

        private void wake(Duration at) {
            Duration start = scheduler.uptime();
            List<Wait> group;
            CallScope calls = new CallScope();
            synchronized (accounts) {
                if (!at.equals(wakeAt)) {
                    // An earlier call has replaced this one.
                    return;
                }
                wakeAt = null;
                group = next(start);
                asked = group;
                scope = calls;
                if (group.isEmpty()) {
                    plan(start);
                    return;
                }
            }
            try {
                ask(group, calls);
            } catch (Throwable e) { // an Error too: the waits continue
                LOGGER.log(Level.WARNING, "A poll failed; the waits go on", e);
            } finally {
                again(group, start, calls.calls());
            }
        }

        private List<Wait> next(Duration now) {
            while (!parts.isEmpty()) {
                List<Wait> part =
                        parts.remove().stream().filter(Wait::isWatched).toList();
                if (!part.isEmpty()) {
                    return part;
                }
            }
            if (!now.minus(round)
                    .minus(new PollSchedule(interval.get()).spacing())
                    .isNegative()) {
                round = now;
            }
            return waits.next(round, batch);
        }

        /** Plans the next poll of the images of a call, and with it the next call. */
        private void again(List<Wait> group, Duration start, int calls) {
            PollSchedule pace = new PollSchedule(interval.get());
            synchronized (accounts) {
                Duration now = scheduler.uptime();
                double jitter = jitter();
                for (Wait wait : group) {
                    Duration pause = wait.isAlone()
                            ? pace.interval()
                            : pace.pause(wait.age(now), durations.window(connection, wait.source()));
                    waits.plan(wait, now, round.plus(RateLimiter.times(pause, jitter)));
                }
                rate.sent(start, calls);
                asked = List.of();
                plan(now);
            }
        }

        private void ask(List<Wait> group, CallScope calls) {
            List<String> ids = group.stream().map(Wait::imageId).toList();
            try {
                List<CloudImage> images = calls.run(() -> cloud.describe(ids));
                synchronized (accounts) {
                    unanswered = 0;
                    rate.answered();
                }
                tell(group, images);
            } catch (CloudException e) {
                LOGGER.log(Level.FINE, e, () -> "Describing " + ids + " failed");
                tellFailed(concerned(group, e.error()), e.error());
            }
        }

        /** Handles a failure, and returns the waits to tell about it. */
        private List<Wait> concerned(List<Wait> group, CloudError error) {
            synchronized (accounts) {
                Duration now = scheduler.uptime();
                unanswered = error.kind() == ErrorKind.UNAVAILABLE && error.code() == null ? unanswered + 1 : 0;
                if (error.kind() == ErrorKind.THROTTLED || error.retryAfter() != null) {
                    rate.throttled(now, interval.get(), error.retryAfter(), 2 - jitter());
                    parts.clear();
                    // Images that were not polled are told too, because their observers judge deadlines.
                    return waits.all();
                }
                if (unanswered > 1) {
                    // A dead server may take a minute for each call, and there can be many batches.
                    rate.rest(now.plus(interval.get()));
                    parts.clear();
                    return waits.all();
                }
                if (!blamesAnId(error)) {
                    return group;
                }
                if (group.size() > 1) {
                    parts.add(group.subList(0, group.size() / 2));
                    parts.add(group.subList(group.size() / 2, group.size()));
                    return List.of();
                }
                group.get(0).alone(true);
                return group;
            }
        }

        /**
         * Whether the error is about one id of a batch: some clouds then refuse the whole batch. Without an error code
         * the response is from a gateway that knows no images.
         */
        private static boolean blamesAnId(CloudError error) {
            return error.code() != null
                    && (error.kind() == ErrorKind.NOT_FOUND || error.kind() == ErrorKind.INVALID_REQUEST);
        }

        private double jitter() {
            return 1 - JITTER * random.nextDouble();
        }

        private void tell(List<Wait> group, List<CloudImage> described) {
            Map<String, CloudImage> images = new HashMap<>();
            described.forEach(image -> images.put(image.id(), image));
            boolean learnt = false;
            for (Wait wait : group) {
                CloudImage image = images.get(wait.imageId());
                cloud.time().ifPresent(time -> tell(wait, observer -> observer.time(time)));
                if (image == null) {
                    tell(wait, Observer::absent);
                } else {
                    tell(wait, observer -> observer.seen(image));
                    learnt |= learns(wait, image);
                }
            }
            if (learnt && durations.areKept()) {
                // Saved elsewhere: a hanging disk must not delay the polls.
                scheduler.work(() -> {
                    durations.save();
                    return () -> {};
                });
            }
        }

        private boolean learns(Wait wait, CloudImage image) {
            boolean ready;
            Duration age;
            synchronized (accounts) {
                wait.alone(false);
                ready = wait.finishes(image.state() == ImageState.PENDING) && image.state() == ImageState.READY;
                age = wait.age(scheduler.uptime());
            }
            boolean learns = ready && wait.source() != null;
            if (learns) {
                durations.add(connection, wait.source(), age);
            }
            return learns;
        }

        private void tellFailed(List<Wait> group, CloudError error) {
            boolean unknown = error.kind() == ErrorKind.NOT_FOUND && blamesAnId(error);
            group.forEach(wait -> tell(wait, unknown ? Observer::absent : observer -> observer.failed(error)));
        }

        private void tell(Wait wait, Consumer<Observer> news) {
            List<Observer> observers;
            synchronized (accounts) {
                observers = wait.observers();
            }
            for (Observer observer : observers) {
                try {
                    news.accept(observer);
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "An observer of the image " + wait.imageId() + " failed");
                }
            }
        }
    }
}

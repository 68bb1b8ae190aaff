package io.jenkins.plugins.cloudimage.core.watch;

import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Waits for images. All waits on one connection share its describe calls: one per tick and batch, however many images
 * are waited for. A wait holds no thread.
 */
public final class ImagePoller {
    private static final Logger LOGGER = Logger.getLogger(ImagePoller.class.getName());

    /** Deadlines are judged at ticks, so no server may put them off for long. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Clouds clouds;
    private final Scheduler scheduler;
    private final Supplier<Duration> interval;
    private final Map<CloudConnection, Account> accounts = new HashMap<>();

    /**
     * Makes a poller without waits.
     *
     * @param clouds makes the clients
     * @param scheduler runs the ticks
     * @param interval the pause between two ticks of an account; asked before each
     */
    public ImagePoller(Clouds clouds, Scheduler scheduler, Supplier<Duration> interval) {
        this.clouds = clouds;
        this.scheduler = scheduler;
        this.interval = interval;
    }

    /** Is told what each tick saw of one image. Calls come one after the other. */
    public interface Observer {
        /**
         * The cloud described the image.
         *
         * @param image the image
         */
        void seen(CloudImage image);

        /** The cloud answered and does not know the image. */
        void absent();

        /**
         * The cloud could not be asked. This says nothing about the image.
         *
         * @param error why
         */
        void failed(CloudError error);
    }

    /** A wait that can be ended. */
    @FunctionalInterface
    public interface Watch {
        /** Ends the wait; a tick that is under way may still tell the observer. */
        void cancel();
    }

    /**
     * Begins to wait for an image. It is first asked for at the account's next tick.
     *
     * @param connection the account
     * @param imageId the image
     * @param observer who wants to know
     * @return the wait
     */
    public Watch watch(CloudConnection connection, String imageId, Observer observer) {
        synchronized (accounts) {
            Account account = accounts.get(connection);
            if (account == null) {
                account = new Account(connection, clouds.connect(connection));
                accounts.put(connection, account);
                scheduler.schedule(account::tick, interval.get());
            }
            return account.add(imageId, observer);
        }
    }

    /** The waits on one connection. Guarded by {@link #accounts}, but for the calls to the cloud. */
    private final class Account {
        private final CloudConnection connection;
        private final Cloud cloud;
        private final Map<String, Set<Observer>> waits = new HashMap<>();

        Account(CloudConnection connection, Cloud cloud) {
            this.connection = connection;
            this.cloud = cloud;
        }

        Watch add(String imageId, Observer observer) {
            waits.computeIfAbsent(imageId, id -> new LinkedHashSet<>()).add(observer);
            return () -> remove(imageId, observer);
        }

        private void remove(String imageId, Observer observer) {
            synchronized (accounts) {
                Set<Observer> observers = waits.get(imageId);
                if (observers != null && observers.remove(observer) && observers.isEmpty()) {
                    waits.remove(imageId);
                }
            }
        }

        void tick() {
            Duration pause = interval.get();
            try {
                pause = poll(pause);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, "A poll failed; the waits go on", e);
            } finally {
                again(pause);
            }
        }

        /** Asks for all images, and returns the pause until the next tick. */
        private Duration poll(Duration pause) {
            int batch = clouds.provider(connection.cloud()).capabilities().describeBatch();
            Deque<List<String>> batches = new ArrayDeque<>();
            List<String> all = ids();
            for (int from = 0; from < all.size(); from += batch) {
                batches.add(all.subList(from, Math.min(from + batch, all.size())));
            }
            while (!batches.isEmpty()) {
                List<String> ids = batches.remove();
                try {
                    tell(ids, cloud.describe(ids));
                } catch (CloudException e) {
                    LOGGER.log(Level.FINE, e, () -> "Describing " + ids + " failed");
                    CloudError error = e.error();
                    if (error.kind() == ErrorKind.THROTTLED) {
                        // Those whose turn did not come are told too: they have deadlines to judge.
                        batches.addFirst(ids);
                        batches.forEach(rest -> tellFailed(rest, error));
                        return throttled(error, pause);
                    }
                    if (ids.size() > 1 && blamesAnId(error)) {
                        batches.addFirst(ids.subList(ids.size() / 2, ids.size()));
                        batches.addFirst(ids.subList(0, ids.size() / 2));
                    } else if (error.kind() == ErrorKind.NOT_FOUND && blamesAnId(error)) {
                        tell(ids, List.of());
                    } else {
                        tellFailed(ids, error);
                    }
                }
            }
            return pause;
        }

        private List<String> ids() {
            synchronized (accounts) {
                return List.copyOf(waits.keySet());
            }
        }

        /** Ends the account when nobody waits on it, else plans its next tick. */
        private void again(Duration pause) {
            synchronized (accounts) {
                if (waits.isEmpty()) {
                    accounts.remove(connection);
                } else {
                    scheduler.schedule(this::tick, pause);
                }
            }
        }

        /**
         * Some clouds refuse a whole batch for one id; the others must not suffer. Without a code of the cloud's own it is
         * a gateway that knows no image at all.
         */
        private boolean blamesAnId(CloudError error) {
            return error.code() != null
                    && (error.kind() == ErrorKind.NOT_FOUND || error.kind() == ErrorKind.INVALID_REQUEST);
        }

        private Duration throttled(CloudError error, Duration pause) {
            Duration slower = pause.multipliedBy(2);
            Duration asked = error.retryAfter();
            if (asked == null || asked.compareTo(slower) < 0) {
                return slower;
            }
            return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
        }

        private void tell(List<String> ids, List<CloudImage> described) {
            Map<String, CloudImage> images = new HashMap<>();
            described.forEach(image -> images.put(image.id(), image));
            for (String id : ids) {
                CloudImage image = images.get(id);
                tell(id, image == null ? Observer::absent : observer -> observer.seen(image));
            }
        }

        private void tellFailed(List<String> ids, CloudError error) {
            ids.forEach(id -> tell(id, observer -> observer.failed(error)));
        }

        private void tell(String imageId, Consumer<Observer> news) {
            List<Observer> observers;
            synchronized (accounts) {
                observers = new ArrayList<>(waits.getOrDefault(imageId, Set.of()));
            }
            for (Observer observer : observers) {
                try {
                    news.accept(observer);
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "An observer of the image " + imageId + " failed");
                }
            }
        }
    }
}

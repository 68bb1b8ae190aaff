package io.jenkins.plugins.cloudimage.core.watch;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageState;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller.Observer;
import io.jenkins.plugins.cloudimage.core.watch.Waits.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Delivers the results of one account's calls to the observers, and learns from them how long images take. */
final class PollResults {
    private static final Logger LOGGER = Logger.getLogger(PollResults.class.getName());

    private final CloudConnection connection;
    private final PollContext context;
    private final Object lock;

    PollResults(CloudConnection connection, PollContext context, Object lock) {
        this.connection = connection;
        this.context = context;
        this.lock = lock;
    }

    /**
     * Tells the observers of some images what a call has described.
     *
     * @param time the cloud's clock at its response
     */
    void deliver(List<Wait> group, List<CloudImage> described, Optional<Instant> time) {
        Map<String, CloudImage> images = new HashMap<>();
        described.forEach(image -> images.put(image.id(), image));
        boolean learnt = false;
        for (Wait wait : group) {
            CloudImage image = images.get(wait.imageId());
            time.ifPresent(now -> tell(wait, observer -> observer.time(now)));
            if (image == null) {
                tell(wait, Observer::absent);
            } else {
                tell(wait, observer -> observer.seen(image));
                learnt |= learns(wait, image);
            }
        }
        if (learnt && context.durations().areKept()) {
            // Saved elsewhere: a hanging disk must not delay the polls.
            context.scheduler().work(() -> {
                context.durations().save();
                return () -> {};
            });
        }
    }

    private boolean learns(Wait wait, CloudImage image) {
        boolean ready;
        Duration age;
        synchronized (lock) {
            wait.alone(false);
            ready = wait.finishes(image.state() == ImageState.PENDING) && image.state() == ImageState.READY;
            age = wait.age(context.scheduler().uptime());
        }
        boolean learns = ready && wait.source() != null;
        if (learns) {
            context.durations().add(connection, wait.source(), age);
        }
        return learns;
    }

    /** Tells the observers of some images that a call has failed. */
    void deliver(List<Wait> group, CloudError error) {
        boolean unknown = error.kind() == ErrorKind.NOT_FOUND && isAboutAnId(error);
        group.forEach(wait -> tell(wait, unknown ? Observer::absent : observer -> observer.failed(error)));
    }

    private void tell(Wait wait, Consumer<Observer> result) {
        List<Observer> observers;
        synchronized (lock) {
            observers = wait.observers();
        }
        for (ImagePoller.Observer observer : observers) {
            try {
                result.accept(observer);
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "An observer of the image " + wait.imageId() + " failed");
            }
        }
    }

    /**
     * Whether the error is about one id of a batch: some clouds then refuse the whole batch. Without an error code
     * the response is from a gateway that knows no images.
     */
    static boolean isAboutAnId(CloudError error) {
        return error.code() != null
                && (error.kind() == ErrorKind.NOT_FOUND || error.kind() == ErrorKind.INVALID_REQUEST);
    }
}

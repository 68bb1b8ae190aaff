package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * Judges what the poller sees of one creation's image: ready, failed, vanished, late, or nothing new. A failed poll
 * ends no wait. The deadline is judged only after a poll, so a creation that slept through it gets one look first. While
 * a key is replaced, the polls of two accounts may tell of the image at the same time.
 */
final class ImageWait implements ImagePoller.Observer {
    /** Clouds whose list is not consistent may drop a new image for a moment. */
    private static final int ABSENCES = 3;

    private static final Duration KEY_AGE = Duration.ofMinutes(5);

    private final Creation creation;
    private final CreationEngine.Connector connector;
    private final ImagePoller poller;
    private final Clock clock;
    /** Is false for news that came too soon after others; the next poll brings them again. */
    private final Predicate<Progress> news;

    private Progress progress;
    private String told;
    private int absences;
    private CloudConnection connection;
    private Instant connected;
    private ImagePoller.Watch watch;
    private boolean cancelled;

    ImageWait(
            Creation creation,
            CreationEngine.Connector connector,
            ImagePoller poller,
            Clock clock,
            Predicate<Progress> news) {
        this.creation = creation;
        this.connector = connector;
        this.poller = poller;
        this.clock = clock;
        this.news = news;
        this.progress = creation.progress();
        this.told = progress.cloudState();
    }

    synchronized void start(CloudConnection first) {
        if (!cancelled) {
            connection = first;
            connected = clock.instant();
            watch = poller.watch(connection, progress.imageId(), this);
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (watch != null) {
            watch.cancel();
        }
    }

    @Override
    public synchronized void seen(CloudImage image) {
        absences = 0;
        progress = progress.seen(image);
        switch (image.state()) {
            case READY -> end(Outcome.READY, null);
            case FAILED ->
                end(
                        Outcome.FAILED,
                        error(Messages.ImageWait_failed(image.id(), image.cloudState()))
                                .advice(Messages.ImageWait_lookAtIt()));
            default -> {
                boolean late = judgeDeadline();
                if (!late && !image.cloudState().equals(told) && news.test(progress)) {
                    told = image.cloudState();
                }
                reconnect(KEY_AGE);
            }
        }
    }

    @Override
    public synchronized void absent() {
        absences++;
        if (progress.cloudState() != null && absences >= ABSENCES) {
            end(
                    Outcome.FAILED,
                    error(Messages.ImageWait_gone(progress.imageId(), progress.cloudState()))
                            .advice(Messages.ImageWait_whoDeleted()));
        } else {
            judgeDeadline();
            reconnect(KEY_AGE);
        }
    }

    @Override
    public synchronized void failed(CloudError error) {
        progress = progress.retrying(error);
        judgeDeadline();
        reconnect(error.kind() == ErrorKind.AUTHENTICATION ? Duration.ZERO : KEY_AGE);
    }

    private CloudError error(String message) {
        return CloudError.of(ErrorKind.FAILED_IMAGE, Acted.MAYBE)
                .message(message)
                .code(null, progress.requestId());
    }

    private boolean judgeDeadline() {
        boolean late = !clock.instant().isBefore(creation.deadline());
        if (late) {
            end(Outcome.TIMED_OUT, progress.error());
        }
        return late;
    }

    private void end(Outcome outcome, CloudError error) {
        news.test(creation.with(progress).end(outcome, error, clock.instant()).progress());
    }

    /** Looks the key up again once it is old, because keys are rotated while images are made. */
    private void reconnect(Duration age) {
        if (cancelled || clock.instant().isBefore(connected.plus(age))) {
            return;
        }
        try {
            CloudConnection fresh = connector.connect(creation);
            if (!fresh.equals(connection)) {
                watch.cancel();
                watch = poller.watch(fresh, progress.imageId(), this);
                connection = fresh;
            }
            connected = clock.instant();
        } catch (CloudException e) {
            progress = progress.retrying(e.error());
        }
    }
}

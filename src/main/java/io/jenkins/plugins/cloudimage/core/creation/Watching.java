package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Observations.Sighting;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets the poller watch images while they are made. */
final class Watching {
    private final ImagePoller poller;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Mailbox mailbox;
    private final Requeue queue;

    Watching(ImagePoller poller, Scheduler scheduler, Clock clock, Mailbox mailbox, Requeue queue) {
        this.poller = poller;
        this.scheduler = scheduler;
        this.clock = clock;
        this.mailbox = mailbox;
        this.queue = queue;
    }

    /** Starts or stops watching the image, always with the present key. */
    void watch(Entry entry) {
        boolean wanted = Reconciler.isWatched(entry.creation) && entry.connection != null;
        if (entry.watch != null && (!wanted || !entry.connection.identity().equals(entry.watched.identity()))) {
            entry.watch.cancel();
            entry.watch = null;
        }
        if (entry.watch != null && !entry.connection.equals(entry.watched)) {
            entry.watched = entry.connection;
            poller.renew(entry.connection);
            entry.cloud = null;
        }
        if (wanted && entry.watch == null) {
            entry.watched = entry.connection;
            // The poller has a client for all waits of the account, which may be thousands.
            entry.cloud = null;
            String source =
                    entry.creation.reused() ? null : entry.creation.request().instanceId();
            entry.watch = poller.watch(
                    entry.connection,
                    entry.creation.imageId(),
                    source,
                    age(entry.creation),
                    new Observer(entry, entry.connection));
        }
    }

    /** By the wall clock, because the process may have been restarted; it only affects the pace of polls. */
    private Duration age(Creation creation) {
        Instant asked = creation.submission().controllerTime();
        Duration age = asked == null ? Duration.ZERO : Duration.between(asked, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Turns what the poller sees into an observation. */
    private final class Observer implements ImagePoller.Observer {
        private final Entry entry;
        private final CloudConnection asked;

        Observer(Entry entry, CloudConnection asked) {
            this.entry = entry;
            this.asked = asked;
        }

        @Override
        public void seen(CloudImage image) {
            sighted(image, null);
        }

        @Override
        public void absent() {
            sighted(null, null);
        }

        @Override
        public void failed(CloudError error) {
            sighted(null, error);
        }

        @Override
        public void time(Instant cloudTime) {
            mailbox.post(() -> entry.noteCloudTime(cloudTime, scheduler.uptime()));
        }

        private void sighted(CloudImage image, CloudError error) {
            Sighting sighting = new Sighting(image, error, scheduler.uptime());
            mailbox.post(() -> {
                if (entry.connection == null || !asked.identity().equals(entry.connection.identity())) {
                    return;
                }
                entry.sighting = sighting;
                if (error != null && error.kind() == ErrorKind.AUTHENTICATION) {
                    KeyLookup.refuse(entry, entry.connection, scheduler.uptime());
                }
                queue.process(entry);
            });
        }
    }
}

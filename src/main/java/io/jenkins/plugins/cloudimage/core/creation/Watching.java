package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Observations.Sighting;
import io.jenkins.plugins.cloudimage.core.watch.ImagePoller;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Instant;

/** Lets the poller look after images while they are made. */
final class Watching {
    private final ImagePoller poller;
    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Requeue queue;

    Watching(ImagePoller poller, Scheduler scheduler, Mailbox mailbox, Requeue queue) {
        this.poller = poller;
        this.scheduler = scheduler;
        this.mailbox = mailbox;
        this.queue = queue;
    }

    /** Begins or ends to look after the image, always with the key as it is now. */
    void watch(Entry entry) {
        boolean wanted = Reconciler.isWatched(entry.creation) && entry.connection != null;
        if (entry.watch != null && (!wanted || !entry.connection.equals(entry.watched))) {
            entry.watch.cancel();
            entry.watch = null;
        }
        if (wanted && entry.watch == null) {
            entry.watched = entry.connection;
            entry.watch = poller.watch(entry.connection, entry.creation.imageId(), new Observer(entry));
        }
    }

    /** Turns what the poller sees into an observation. */
    private final class Observer implements ImagePoller.Observer {
        private final Entry entry;

        Observer(Entry entry) {
            this.entry = entry;
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
            mailbox.post(() -> entry.heard(cloudTime, scheduler.uptime()));
        }

        private void sighted(CloudImage image, CloudError error) {
            Sighting sighting = new Sighting(image, error, scheduler.uptime());
            mailbox.post(() -> {
                entry.sighting = sighting;
                if (error != null && error.kind() == ErrorKind.AUTHENTICATION) {
                    KeyLookup.expire(entry, scheduler.uptime());
                }
                queue.process(entry);
            });
        }
    }
}

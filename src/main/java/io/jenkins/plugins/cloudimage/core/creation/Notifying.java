package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reports the progress of creations to their builds; a failing listener is called again. */
final class Notifying {
    private static final Logger LOGGER = Logger.getLogger(Notifying.class.getName());
    private static final Lanes.Limit ONE = new Lanes.Limit(1, 0);

    private final Scheduler scheduler;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Requeue queue;

    Notifying(Scheduler scheduler, Lanes lanes, Backoff backoff, Requeue queue) {
        this.scheduler = scheduler;
        this.lanes = lanes;
        this.backoff = backoff;
        this.queue = queue;
    }

    void report(Entry entry) {
        Creation creation = entry.creation;
        Duration now = scheduler.uptime();
        if (entry.notifying != null || creation.equals(entry.reported) || !entry.mayBeReported()) {
            return;
        }
        if (now.compareTo(entry.notifyAfter) < 0) {
            queue.wake(entry, entry.notifyAfter.minus(now));
            return;
        }
        CreationEngine.Listener listener = entry.listener;
        entry.notifying = lanes.submit(
                List.of("notify", entry.key),
                ONE,
                () -> {
                    listener.changed(creation);
                    return null;
                },
                (nothing, failure) -> {
                    entry.notifying = null;
                    if (failure == null) {
                        entry.notifyFailures = 0;
                        entry.reported = listener == entry.listener ? creation : null;
                    } else {
                        entry.notifyFailures++;
                        entry.notifyAfter = scheduler
                                .uptime()
                                .plus(backoff.after(entry.notifyFailures, Failures.error(failure, SideEffect.NONE)));
                        LOGGER.log(Level.WARNING, failure, () -> "The build of " + entry.key + " is notified again");
                    }
                    queue.process(entry);
                });
    }
}

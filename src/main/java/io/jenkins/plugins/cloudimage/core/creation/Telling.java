package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.Acted;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Reports the progress of creations to their builds; a failing listener is called again. */
final class Telling {
    private static final Logger LOGGER = Logger.getLogger(Telling.class.getName());
    private static final Lanes.Limit ONE = new Lanes.Limit(1, 0);

    private final Scheduler scheduler;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Requeue queue;

    Telling(Scheduler scheduler, Lanes lanes, Backoff backoff, Requeue queue) {
        this.scheduler = scheduler;
        this.lanes = lanes;
        this.backoff = backoff;
        this.queue = queue;
    }

    void tell(Entry entry) {
        Creation creation = entry.creation;
        Duration now = scheduler.uptime();
        if (entry.telling != null || creation.equals(entry.told) || !entry.mayBeTold()) {
            return;
        }
        if (now.compareTo(entry.tellAfter) < 0) {
            queue.wake(entry, entry.tellAfter.minus(now));
            return;
        }
        CreationEngine.Listener listener = entry.listener;
        entry.telling = lanes.submit(
                List.of("tell", entry.key),
                ONE,
                () -> {
                    listener.changed(creation);
                    return null;
                },
                (nothing, failure) -> {
                    entry.telling = null;
                    if (failure == null) {
                        entry.tellFailures = 0;
                        entry.told = listener == entry.listener ? creation : null;
                    } else {
                        entry.tellFailures++;
                        entry.tellAfter = scheduler
                                .uptime()
                                .plus(backoff.after(entry.tellFailures, Failures.error(failure, Acted.NO)));
                        LOGGER.log(Level.WARNING, failure, () -> "The build of " + entry.key + " is told again");
                    }
                    queue.process(entry);
                });
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Looks up keys again and again, because keys change while images are made. */
final class KeyLookup {
    private static final Duration KEY_AGE = Duration.ofMinutes(5);
    private static final Lanes.Limit ONE = new Lanes.Limit(1, 0);

    private final CreationEngine.Connector connector;
    private final UnaryOperator<String> hash;
    private final Scheduler scheduler;
    private final Lanes lanes;
    private final Backoff backoff;
    private final Requeue queue;

    KeyLookup(
            CreationEngine.Connector connector,
            UnaryOperator<String> hash,
            Scheduler scheduler,
            Lanes lanes,
            Backoff backoff,
            Requeue queue) {
        this.connector = connector;
        this.hash = hash;
        this.scheduler = scheduler;
        this.lanes = lanes;
        this.backoff = backoff;
        this.queue = queue;
    }

    /** Makes the key be looked up again at once. */
    static void expire(Entry entry, Duration now) {
        entry.connectedAt = now.minus(KEY_AGE).minusSeconds(1);
    }

    /**
     * Makes the key be looked up again at once, because the cloud no longer accepts it.
     *
     * @param refused the connection whose key the cloud refused
     */
    static void refuse(Entry entry, CloudConnection refused, Duration now) {
        entry.refused = refused;
        expire(entry, now);
    }

    /** Looks up the key if there is none yet or the present one is old. */
    void lookUp(Entry entry) {
        Duration now = scheduler.uptime();
        boolean needed = !entry.creation.done()
                && (entry.connection == null || now.minus(entry.connectedAt).compareTo(KEY_AGE) > 0);
        if (!needed || entry.looking != null || now.compareTo(entry.lookAfter) < 0) {
            return;
        }
        Creation creation = entry.creation;
        CloudConnection refused = entry.refused;
        entry.refused = null;
        entry.looking = lanes.submit(
                List.of("key", creation.build().credentialsId()),
                ONE,
                () -> {
                    if (refused != null) {
                        connector.refused(refused);
                    }
                    return connector.connect(creation);
                },
                (connection, failure) -> {
                    entry.looking = null;
                    if (failure == null) {
                        connected(entry, connection);
                    } else {
                        entry.lookFailures++;
                        CloudError error = Failures.error(failure, SideEffect.NONE);
                        entry.keyError = error;
                        if (error.kind() == ErrorKind.AUTHENTICATION && entry.effect == null) {
                            disconnect(entry);
                        }
                        entry.lookAfter = scheduler.uptime().plus(backoff.after(entry.lookFailures, error));
                        queue.wake(entry, entry.lookAfter.minus(scheduler.uptime()));
                    }
                    queue.process(entry);
                });
    }

    /** Whoever may not have the key any more must not go on using the one that was found before. */
    private static void disconnect(Entry entry) {
        entry.connection = null;
        entry.sighting = null;
    }

    private void connected(Entry entry, CloudConnection connection) {
        entry.lookFailures = 0;
        entry.connectedAt = scheduler.uptime();
        CloudConnection before = entry.connection;
        if (connection.equals(before)) {
            return;
        }
        entry.connection = connection;
        entry.cloud = null;
        entry.account = hash.apply(connection.key().account());
        if (before == null || !connection.identity().equals(before.identity())) {
            // What was seen with the other key says nothing of this one's account.
            entry.sighting = null;
        }
    }
}

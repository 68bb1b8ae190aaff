package io.jenkins.plugins.cloudimage.core.watch;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CloudImage;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.watch.Waits.Wait;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The waits on one connection. All accounts of a poller are guarded by the map that contains them, except during calls to
 * the cloud.
 */
final class PolledAccount {
    private static final Logger LOGGER = Logger.getLogger(PolledAccount.class.getName());

    /** A call that has not begun after this time is considered lost. */
    private static final Duration LOST = Duration.ofSeconds(30);

    private final PollContext context;
    private final Scheduler scheduler;
    private final Map<CloudConnection.Identity, PolledAccount> accounts;
    private final PollResults results;
    /** The connection with its present key. */
    private CloudConnection connection;

    private Cloud cloud;
    private final int batch;
    /** The account whose limits hold, which connections with other keys may share. A gateway that is busy slows no other. */
    private final List<Object> limited;

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

    PolledAccount(
            CloudConnection connection, PollContext context, Map<CloudConnection.Identity, PolledAccount> accounts) {
        this.connection = connection;
        this.context = context;
        this.scheduler = context.scheduler();
        this.accounts = accounts;
        this.cloud = context.clouds().connect(connection);
        this.results = new PollResults(connection, context, accounts);
        Capabilities capabilities =
                context.clouds().provider(connection.cloud()).capabilities();
        this.batch = capabilities.describeBatch();
        this.limited = List.of(
                connection.cloud(),
                connection.endpoint(),
                connection.region(),
                connection.key().limitedAs());
        this.rate = accounts.values().stream()
                .filter(other -> other.limited.equals(limited))
                .map(other -> other.rate)
                .findFirst()
                .orElseGet(() -> new RateLimiter(capabilities.readsPerSecond()));
        this.round = scheduler.uptime();
    }

    /** Makes the next calls with the key of a connection that differs in nothing else, if it is newer. */
    void renew(CloudConnection other) {
        if (other.key().isNewerThan(connection.key())) {
            connection = other;
            cloud = context.clouds().connect(other);
        }
    }

    ImagePoller.Watch add(String imageId, @CheckForNull String source, Duration age, ImagePoller.Observer observer) {
        Duration now = scheduler.uptime();
        Duration pause = context.schedule().pause(age, context.durations().window(connection, source));
        Duration first = now.plus(RateLimiter.times(pause, context.jitter()));
        Wait wait = waits.add(imageId, source, observer, now.minus(age), first);
        plan(now);
        return () -> remove(wait, observer);
    }

    private void remove(Wait wait, ImagePoller.Observer observer) {
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
            accounts.remove(connection.identity());
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
        return due.compareTo(round) <= 0
                ? now
                : later(due, round.plus(context.schedule().spacing()));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    void resync(Duration now) {
        if (asked.isEmpty() && (wakeAt == null || wakeAt.plus(LOST).compareTo(now) < 0)) {
            wakeAt = null;
            plan(now);
        }
    }

    private void wake(Duration at) {
        Duration start = scheduler.uptime();
        List<Wait> group;
        Cloud client;
        CallScope calls = new CallScope();
        synchronized (accounts) {
            if (!at.equals(wakeAt)) {
                // An earlier call has replaced this one.
                return;
            }
            wakeAt = null;
            if (rate.free().compareTo(start) > 0) {
                // Another connection of the account has made a call since.
                plan(start);
                return;
            }
            group = next(start);
            asked = group;
            scope = calls;
            client = cloud;
            if (group.isEmpty()) {
                plan(start);
                return;
            }
            rate.sent(start, 1);
        }
        try {
            ask(client, group, calls);
        } catch (Throwable e) { // an Error too: the waits continue
            LOGGER.log(Level.WARNING, "A poll failed; the waits go on", e);
        } finally {
            again(group, start, calls.calls());
        }
    }

    private List<Wait> next(Duration now) {
        while (!parts.isEmpty()) {
            List<Wait> part = parts.remove().stream().filter(Wait::isWatched).toList();
            if (!part.isEmpty()) {
                return part;
            }
        }
        if (!now.minus(round).minus(context.schedule().spacing()).isNegative()) {
            round = now;
        }
        return waits.next(round, batch);
    }

    /** Plans the next poll of the images of a call, and with it the next call. */
    private void again(List<Wait> group, Duration start, int calls) {
        PollSchedule schedule = context.schedule();
        synchronized (accounts) {
            Duration now = scheduler.uptime();
            double jitter = context.jitter();
            for (Wait wait : group) {
                Duration pause = wait.isAlone()
                        ? schedule.interval()
                        : schedule.pause(wait.age(now), context.durations().window(connection, wait.source()));
                waits.plan(wait, now, round.plus(RateLimiter.times(pause, jitter)));
            }
            rate.sent(start, calls);
            asked = List.of();
            plan(now);
        }
    }

    private void ask(Cloud client, List<Wait> group, CallScope calls) {
        List<String> ids = group.stream().map(Wait::imageId).toList();
        try {
            List<CloudImage> images = calls.run(() -> client.describe(ids));
            synchronized (accounts) {
                unanswered = 0;
                rate.answered();
            }
            results.deliver(group, images, client.time());
        } catch (CloudException e) {
            LOGGER.log(Level.FINE, e, () -> "Describing " + ids + " failed");
            results.deliver(concerned(group, e.error()), e.error());
        }
    }

    /** Handles a failure, and returns the waits to tell about it. */
    private List<Wait> concerned(List<Wait> group, CloudError error) {
        synchronized (accounts) {
            Duration now = scheduler.uptime();
            unanswered = error.kind() == ErrorKind.UNAVAILABLE && error.code() == null ? unanswered + 1 : 0;
            if (error.kind() == ErrorKind.THROTTLED || error.retryAfter() != null) {
                rate.throttled(now, context.interval().get(), error.retryAfter(), 2 - context.jitter());
                parts.clear();
                // Images that were not polled are told too, because their observers judge deadlines.
                return waits.all();
            }
            if (unanswered > 1) {
                // A dead server may take a minute for each call, and there can be many batches.
                rate.rest(now.plus(context.interval().get()));
                parts.clear();
                return waits.all();
            }
            if (!PollResults.isAboutAnId(error)) {
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
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.Capabilities;
import io.jenkins.plugins.cloudimage.core.Cloud;
import io.jenkins.plugins.cloudimage.core.CloudConnection;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.CloudException;
import io.jenkins.plugins.cloudimage.core.CopyRequest;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import io.jenkins.plugins.cloudimage.core.http.CallScope;
import io.jenkins.plugins.cloudimage.core.registry.Clouds;
import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Carries out effects, which are calls to the cloud, at its documented rates. */
final class Calling {
    /** The poller uses the other half of an account's reads. */
    private static final double SHARE_OF_READS = 0.5;
    /** Calls arrive less evenly than they are sent, and clouds count those that they refuse as well. */
    private static final double SHARE_OF_CREATES = 0.8;

    private static final int CALLS_AT_ONCE = 2;

    private final Clouds clouds;
    private final Scheduler scheduler;
    private final Lanes lanes;
    private final Requeue queue;

    Calling(Clouds clouds, Scheduler scheduler, Lanes lanes, Requeue queue) {
        this.clouds = clouds;
        this.scheduler = scheduler;
        this.lanes = lanes;
        this.queue = queue;
    }

    private record Answer(Object value, CloudError error, int calls, Instant time) {}

    void call(Entry entry) {
        Effect effect = entry.effect;
        CloudConnection own = Objects.requireNonNull(entry.connection);
        CloudConnection connection = connection(entry.creation, own, effect);
        Capabilities capabilities = clouds.of(entry.creation.request()).capabilities();
        boolean create = effect instanceof Effect.Create;
        List<Object> lane = create ? lane("create", connection) : reads(connection);
        Lanes.Limit limit = create
                ? new Lanes.Limit(CALLS_AT_ONCE, capabilities.createsPerSecond() * SHARE_OF_CREATES)
                : limitOfReads(capabilities);
        Cloud cloud = cloud(entry, own, connection);
        CallScope scope = new CallScope();
        entry.reads = scope;
        entry.asked = entry.account;
        entry.calling = lanes.submit(lane, limit, () -> answer(effect, cloud, scope), (answer, failure) -> {
            entry.calling = null;
            entry.effect = null;
            CloudError error = failure == null ? answer.error() : Failures.error(failure, SideEffect.POSSIBLE);
            if (answer != null) {
                lanes.charge(lane, answer.calls() - 1);
                entry.noteCloudTime(answer.time(), scheduler.uptime());
            }
            if (error != null && error.kind() == ErrorKind.AUTHENTICATION) {
                KeyLookup.refuse(entry, own, scheduler.uptime());
            }
            entry.result = new Result(effect, answer == null ? null : answer.value(), error);
            queue.process(entry);
        });
    }

    /** A copy is asked for in the region of its source. */
    private CloudConnection connection(Creation creation, CloudConnection own, Effect effect) {
        if (!(effect instanceof Effect.Create create && create.request() instanceof CopyRequest copy)) {
            return own;
        }
        String region = copy.original().region();
        URI address = creation.build().endpoint() == null ? clouds.of(copy).endpoint(region) : null;
        return own.in(region, address == null ? own.endpoint() : address);
    }

    private Cloud cloud(Entry entry, CloudConnection own, CloudConnection connection) {
        if (!connection.equals(own)) {
            return clouds.connect(connection);
        }
        if (entry.cloud == null) {
            entry.cloud = clouds.connect(own);
        }
        return entry.cloud;
    }

    /** The lane of the calls of an account that only read. */
    static List<Object> reads(CloudConnection connection) {
        return lane("read", connection);
    }

    static Lanes.Limit limitOfReads(Capabilities capabilities) {
        return new Lanes.Limit(CALLS_AT_ONCE, capabilities.readsPerSecond() * SHARE_OF_READS);
    }

    private static List<Object> lane(String calls, CloudConnection connection) {
        return List.of(
                calls, connection.cloud(), connection.region(), connection.key().limitedAs());
    }

    private static Answer answer(Effect effect, Cloud cloud, CallScope scope) {
        try {
            Object value = effect.changes() ? effect.run(cloud) : scope.run(() -> effect.run(cloud));
            return new Answer(value, null, scope.calls(), cloud.time().orElse(null));
        } catch (CloudException e) {
            return new Answer(null, e.error(), scope.calls(), cloud.time().orElse(null));
        }
    }

    /** Cancels an effect that has not been sent, and returns it; null if there is none. */
    @Nullable
    Effect withdraw(Entry entry) {
        Effect effect = entry.effect;
        if (effect == null) {
            return null;
        }
        if (entry.calling != null && !entry.calling.cancel()) {
            if (!effect.changes()) {
                // Nobody needs the response any more.
                entry.reads.cancel();
            }
            return null;
        }
        entry.calling = null;
        entry.effect = null;
        return effect;
    }
}

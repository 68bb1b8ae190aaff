package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.Quota;
import io.jenkins.plugins.cloudimage.core.SideEffect;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks up the source instance, and stops it if the user wants that. The quota is checked before, so that no instance is
 * stopped for an image that the cloud then refuses. The record says that the instance is about to be stopped before the
 * call is sent.
 */
final class Preparing {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** After this time a running instance is told to stop again; its system may have ignored the first request. */
    private static final Duration STOP_AGAIN = Duration.ofMinutes(1);

    private final Reconciler reconciler;

    Preparing(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        String id = Objects.requireNonNull(creation.request().instanceId());
        Result result = seen.result();
        if (result == null) {
            return Decision.call(creation, memory, new Effect.ReadPower(id));
        }
        if (result.effect() instanceof Effect.ReadQuota) {
            CloudError usedUp = usedUp(creation.request(), result);
            return usedUp == null ? stop(creation, memory, id) : reconciler.end(creation, seen, Outcome.FAILED, usedUp);
        }
        if (result.failed()) {
            return reconciler.failed(creation, memory, seen, result.error());
        }
        return result.effect() instanceof Effect.ReadPower
                ? power(creation, memory, seen, id, result.answer())
                // The cloud accepted the stop; "since" now tells when.
                : Reconciler.later(creation.copy().error(null).build(), Memory.since(seen.uptime()), seen, LOOK_AGAIN);
    }

    private Decision power(Creation creation, Memory memory, Observations seen, String id, PowerState power) {
        switch (power) {
            case STOPPED -> {
                SourceInstance found = creation.instance() == null
                        ? new SourceInstance(PowerState.STOPPED, false)
                        : creation.instance();
                return Reconciler.next(
                        creation.to(Phase.SUBMITTING).copy().instance(found).build(), seen);
            }
            case RUNNING -> {
                if (!creation.options().stopInstance()) {
                    return reconciler.end(creation, seen, Outcome.FAILED, running(id));
                }
                if (creation.instance() == null) {
                    return seen.capabilities().quotaInOneCall()
                            ? stop(creation, memory, id)
                            : Decision.call(creation, memory, new Effect.ReadQuota());
                }
                boolean ignored = seen.uptime().minus(memory.since()).compareTo(STOP_AGAIN) > 0;
                return ignored
                        ? stop(creation, memory, id)
                        : Reconciler.later(creation.copy().error(null).build(), memory, seen, LOOK_AGAIN);
            }
            case CHANGING -> {
                return Reconciler.later(creation.copy().error(null).build(), memory, seen, LOOK_AGAIN);
            }
            default -> {
                return reconciler.end(creation, seen, Outcome.FAILED, noSource(id));
            }
        }
    }

    private static Decision stop(Creation creation, Memory memory, String id) {
        Creation stopping = creation.copy()
                .instance(new SourceInstance(PowerState.RUNNING, true))
                .build();
        return Decision.call(stopping, memory, new Effect.Stop(id));
    }

    static CloudError running(String id) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.Preparing_running(id))
                .advice(Messages.Preparing_stopIt());
    }

    static CloudError noSource(String id) {
        return CloudError.of(ErrorKind.INVALID_REQUEST, SideEffect.NONE)
                .message(Messages.Preparing_noSource(id))
                .advice(Messages.Preparing_look());
    }

    /** The error if the quota is used up, or null. Not every key may read it; then the create call reveals it. */
    @Nullable
    static CloudError usedUp(ImageRequest request, Result read) {
        Optional<Quota> quota = read.failed() ? Optional.empty() : read.answer();
        return quota.filter(Quota::isUsedUp).map(used -> usedUp(request, used)).orElse(null);
    }

    static CloudError usedUp(ImageRequest request, Quota quota) {
        return CloudError.of(ErrorKind.QUOTA, SideEffect.NONE)
                .message(Messages.Preparing_quota(quota.used(), request.region(), quota.limit()))
                .advice(Messages.Preparing_largerQuota());
    }
}

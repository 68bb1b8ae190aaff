package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ImageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * One image in the making, from the plan to the outcome: all that another process needs to go on. It holds no key, no
 * client and nothing of Jenkins.
 *
 * @param key names the record, a UUID
 * @param origin who wants the image
 * @param request what is wanted; under the name that the image gets, should the wished one be taken
 * @param options what is wanted beside the image
 * @param token the idempotency token, the same for every attempt
 * @param started when it was planned
 * @param deadline when the wait for the image ends
 * @param progress how far it has come
 */
public record Creation(
        String key,
        Origin origin,
        ImageRequest request,
        Options options,
        String token,
        Instant started,
        Instant deadline,
        Progress progress) {

    /** Makes sure that a record from a file has all that the engine relies on. */
    public Creation {
        UUID.fromString(key);
        Objects.requireNonNull(origin);
        Objects.requireNonNull(request);
        Objects.requireNonNull(token);
        Objects.requireNonNull(started);
        Objects.requireNonNull(deadline);
        Objects.requireNonNull(progress.phase());
        options = options == null ? Options.DEFAULTS : options;
    }

    /**
     * Plans a creation. Nothing is saved or sent.
     *
     * @param origin who wants the image
     * @param request what is wanted
     * @param options what is wanted beside the image
     * @param now the present moment
     * @param timeout how long to wait for the image
     * @return a creation in the phase {@link Phase#PLANNED}
     */
    public static Creation plan(Origin origin, ImageRequest request, Options options, Instant now, Duration timeout) {
        return new Creation(
                UUID.randomUUID().toString(),
                origin,
                request,
                options,
                UUID.randomUUID().toString(),
                now,
                now.plus(timeout),
                Progress.PLANNED);
    }

    /**
     * The phase.
     *
     * @return how far it has come
     */
    public Phase phase() {
        return progress.phase();
    }

    /**
     * Whether the outcome is known and told, so that nobody has to wait any longer. It never changes from then on, though
     * there may be something to clear up.
     *
     * @return true once the creation has ended
     */
    public boolean ended() {
        return progress.ended() != null;
    }

    /**
     * Whether nothing is left to do.
     *
     * @return true in the last phase
     */
    public boolean done() {
        return progress.phase() == Phase.DONE;
    }

    /**
     * Ends it, with all that is to be put right. A ready image is not told before its machine was asked to start again.
     */
    Creation end(Outcome outcome, @CheckForNull CloudError error, Instant now) {
        Progress end = progress.stopped(now);
        List<Chore> chores = new ArrayList<>();
        Machine machine = end.machine();
        if (options.startAfterwards() && machine != null && machine.stopped() != null) {
            chores.add(Chore.open(Chore.Task.START_MACHINE));
        }
        if (outcome.incomplete() && !end.reused()) {
            if (end.imageId() == null && end.doubtSince() != null) {
                chores.add(Chore.open(Chore.Task.FIND_IMAGE));
            } else if (end.imageId() != null && options.onIncomplete() == Options.OnIncomplete.DELETE) {
                chores.add(Chore.open(Chore.Task.DELETE_IMAGE));
            }
        }
        boolean held = outcome == Outcome.READY && !chores.isEmpty();
        return with(end.ended(outcome, error, held ? null : now, chores));
    }

    /** Whether an image may yet be made, looked for or deleted under the name, so that nobody else may use it. */
    boolean claimsName() {
        return progress.outcome() == null
                || open(Chore.Task.FIND_IMAGE).isPresent()
                || open(Chore.Task.DELETE_IMAGE).isPresent();
    }

    /** Whether it has the name; a plan may still find that another has it. */
    boolean hasName() {
        return phase() != Phase.PLANNED && claimsName() && !progress.reused();
    }

    /** Whether it relies on the power state that the machine has or is about to have, so that nobody else may change it. */
    boolean hasMachine() {
        return progress.machine() != null
                && (progress.outcome() == null || open(Chore.Task.START_MACHINE).isPresent());
    }

    /** Whether it has the machine, or is about to take it. */
    boolean claimsMachine() {
        return phase() == Phase.PREPARING || hasMachine();
    }

    Optional<Chore> open(Chore.Task task) {
        return progress.chores().stream()
                .filter(chore -> chore.task() == task && chore.open())
                .findFirst();
    }

    Creation renamed(ImageRequest other, int suffix) {
        return new Creation(key, origin, other, options, token, started, deadline, progress.suffixed(suffix));
    }

    Creation with(Progress next) {
        return new Creation(key, origin, request, options, token, started, deadline, next);
    }
}

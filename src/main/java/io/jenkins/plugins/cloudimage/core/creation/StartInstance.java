package io.jenkins.plugins.cloudimage.core.creation;

import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.PowerState;
import io.jenkins.plugins.cloudimage.core.creation.CleaningUp.Step;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;
import java.util.Objects;

/** Starts the instance that the creation stopped, until it runs. */
final class StartInstance implements CleaningUp.Task {
    private static final Kind KIND = Kind.START_INSTANCE;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    /** How long an accepted stop may take to begin. */
    private static final Duration STOP_MAY_BEGIN = Duration.ofMinutes(1);

    @Override
    public Step next(Creation creation, Memory memory, Observations seen) {
        String id = Objects.requireNonNull(creation.request().instanceId());
        Result result = seen.result();
        if (result == null) {
            return Step.call(creation, memory, new Effect.ReadPower(id));
        }
        if (result.failed()) {
            if (result.error().kind() != ErrorKind.NOT_FOUND) {
                return Step.failed(creation, memory, KIND, result.error());
            }
            return seen.isAccountOf(creation)
                    ? Step.needsPerson(creation, memory, KIND, result.error())
                    : Step.otherAccount(creation, memory, KIND, id);
        }
        if (result.effect() instanceof Effect.Start) {
            return Step.again(creation, memory, KIND, LOOK_AGAIN);
        }
        PowerState power = result.answer();
        if (power == PowerState.STOPPED) {
            return Step.call(creation, memory, new Effect.Start(id));
        }
        boolean mayStillStop = !creation.submission().left()
                && creation.image() == null
                && seen.uptime().minus(memory.since()).compareTo(STOP_MAY_BEGIN) < 0;
        return power == PowerState.RUNNING && !mayStillStop
                ? Step.done(creation, memory, KIND)
                : Step.again(creation, memory, KIND, LOOK_AGAIN);
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Works on the open cleanup tasks of an ended creation, one call at a time. Tasks do not wait for each other, except
 * that snapshots wait for their image. A task that stays open for a day waits for a person, except for one that lacks its
 * key: administrators are told of it at once, and it goes on when the key is back.
 */
final class CleaningUp {
    /** How long one process tries a task. */
    static final Duration PATIENCE = Duration.ofDays(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final Backoff backoff;
    private final Map<Kind, Task> tasks = new EnumMap<>(Kind.class);

    CleaningUp(Backoff backoff, Predecessors predecessors) {
        this.backoff = backoff;
        tasks.put(Kind.START_INSTANCE, new StartInstance());
        tasks.put(Kind.FIND_IMAGE, new FindImage());
        tasks.put(Kind.FINISH_IMAGE, new FinishImage());
        tasks.put(Kind.DELETE_IMAGE, new RetireImage(predecessors));
        tasks.put(Kind.DELETE_SNAPSHOTS, new DeleteSnapshots());
        tasks.put(Kind.RETIRE_OLDER, new RetireOlder(predecessors));
    }

    /** How one kind of task proceeds. */
    interface Task {
        /**
         * @param seen its result is that of this task's last call, or null for the first call of an attempt
         */
        Step next(Creation creation, Memory memory, Observations seen);
    }

    /**
     * The next step of a task.
     *
     * @param effect the task's next call, or null if the attempt is over
     * @param pause how long until the next attempt, or null for the back-off
     */
    record Step(Creation creation, Memory memory, Effect effect, Duration pause) {
        static Step call(Creation creation, Memory memory, Effect effect) {
            return new Step(creation, memory, effect, null);
        }

        static Step again(Creation creation, Memory memory, Kind kind, Duration pause) {
            return new Step(with(creation, kind, task -> task.failed(null)), memory, null, pause);
        }

        static Step failed(Creation creation, Memory memory, Kind kind, CloudError error) {
            return new Step(with(creation, kind, task -> task.failed(error)), memory, null, null);
        }

        static Step done(Creation creation, Memory memory, Kind kind) {
            return new Step(with(creation, kind, CleanupTask::done), memory, null, Duration.ZERO);
        }

        /** The key is another one by now, and its account does not have what the task is about. */
        static Step otherAccount(Creation creation, Memory memory, Kind kind, String what) {
            return failed(creation, memory, kind, Failures.otherAccount(creation, what));
        }

        static Step needsPerson(Creation creation, Memory memory, Kind kind, CloudError why) {
            return new Step(with(creation, kind, task -> task.needsPerson(why)), memory, null, Duration.ZERO);
        }

        private static Creation with(Creation creation, Kind kind, UnaryOperator<CleanupTask> change) {
            return creation.copy()
                    .tasks(creation.tasks().stream()
                            .map(task -> task.kind() == kind ? change.apply(task) : task)
                            .toList())
                    .build();
        }
    }

    /** Adds a task, unless there is one of its kind. */
    static Creation plus(Creation creation, Kind kind) {
        if (creation.task(kind).isPresent()) {
            return creation;
        }
        List<CleanupTask> all = new ArrayList<>(creation.tasks());
        all.add(CleanupTask.open(kind));
        return creation.copy().tasks(all).build();
    }

    Decision decide(Creation creation, Memory memory, Observations seen) {
        Creation current = absorb(creation, seen.resultOf(Effect.Create.class));
        Optional<CleanupTask> open =
                current.tasks().stream().filter(CleanupTask::isOpen).findFirst();
        if (open.isEmpty()) {
            return current.done() || !current.areCopiesDone()
                    ? Decision.wait(current, memory)
                    : new Decision(current.to(Phase.DONE), memory, null, Duration.ZERO);
        }
        if (seen.busy()) {
            return Decision.wait(current, memory);
        }
        Kind running = memory.current();
        if (running != null && current.isOpen(running)) {
            if (seen.result() != null) {
                return follow(current, memory, seen, running);
            }
        }
        return nextTask(current, memory, seen);
    }

    /** A person decides about all that is open. The copies have tasks of their own. */
    static Creation handedOver(Creation creation, CloudError why) {
        return creation.to(Phase.DONE)
                .copy()
                .tasks(creation.tasks().stream()
                        .map(task -> task.isOpen() ? task.needsPerson(why) : task)
                        .toList())
                .build();
    }

    /** The response to a create call that arrives after the end contains the id of the image that the tasks need. */
    static Creation absorb(Creation creation, @Nullable Result created) {
        Creation current = Reconciler.withCreated(creation, created);
        if (created == null || !current.isOpen(Kind.FIND_IMAGE) || current.mayHaveLostImage()) {
            return current;
        }
        return found(current);
    }

    /** The lost image is found, or was never made. */
    static Creation found(Creation creation) {
        Creation next = Step.with(creation, Kind.FIND_IMAGE, CleanupTask::done);
        for (CleanupTask task : Reconciler.imageTasks(next, next.outcome())) {
            next = plus(next, task.kind());
        }
        return next;
    }

    private Decision nextTask(Creation creation, Memory memory, Observations seen) {
        Duration now = seen.uptime();
        Kind kind = creation.tasks().stream()
                .filter(CleanupTask::isOpen)
                .map(CleanupTask::kind)
                .min(Comparator.comparing(
                        (Kind open) -> memory.attempts(open, now).due()))
                .orElseThrow();
        Duration due = memory.attempts(kind, now).due();
        if (due.compareTo(now) > 0) {
            return new Decision(creation, memory.turn(null), null, due.minus(now));
        }
        return seen.keyError() == null
                ? follow(creation, memory.turn(kind), seen.withoutResult(), kind)
                : finish(Step.failed(creation, memory, kind, seen.keyError()), seen, kind);
    }

    private Decision follow(Creation creation, Memory memory, Observations seen, Kind kind) {
        Step step = tasks.get(kind).next(creation, memory, seen);
        return step.effect() == null
                ? finish(step, seen, kind)
                : Decision.call(step.creation(), step.memory(), step.effect());
    }

    private Decision finish(Step step, Observations seen, Kind kind) {
        Duration now = seen.uptime();
        Memory.Attempts attempts = step.memory().attempts(kind, now);
        CleanupTask task = step.creation().task(kind).orElseThrow();
        CloudError error = task.error();
        boolean failed = step.pause() == null && error != null;
        int failures = failed ? attempts.failures() + 1 : 0;
        Duration pause = failed ? rarer(attempts, now, backoff.after(failures, error)) : step.pause();
        Creation creation = step.creation();
        if (task.isOpen() && !task.needsKey() && now.minus(attempts.first()).compareTo(PATIENCE) > 0) {
            creation = Step.needsPerson(creation, step.memory(), kind, Stuck.of(creation, task))
                    .creation();
        }
        Memory memory = step.memory().attempt(kind, now, now.plus(pause), failures);
        // Saves the last task and the end of the creation together.
        boolean open = creation.tasks().stream().anyMatch(CleanupTask::isOpen);
        return Decision.again(open || !creation.areCopiesDone() ? creation : creation.to(Phase.DONE), memory);
    }

    /** The longer a task fails, the longer are the pauses between its attempts. */
    private static Duration rarer(Memory.Attempts attempts, Duration now, Duration pause) {
        Duration share = now.minus(attempts.first()).dividedBy(10);
        Duration longest = share.compareTo(LONGEST_PAUSE) < 0 ? share : LONGEST_PAUSE;
        return pause.compareTo(longest) > 0 ? pause : longest;
    }
}

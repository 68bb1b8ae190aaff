package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Runs a reminder at growing intervals during a wait. A build that prints nothing for a while seems to hang, and
 * {@code timeout(activity: true)} aborts it.
 */
record Reminders(Scheduler scheduler, BooleanSupplier goesOn, Runnable reminder) {
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    void begin() {
        later(FIRST);
    }

    private void later(Duration pause) {
        scheduler.schedule(
                () -> {
                    if (goesOn.getAsBoolean()) {
                        Duration next = pause.multipliedBy(2);
                        later(next.compareTo(LONGEST) < 0 ? next : LONGEST);
                        reminder.run();
                    }
                },
                pause);
    }
}

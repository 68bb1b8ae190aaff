package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.core.watch.Scheduler;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Speaks up at growing intervals while something is waited for. A build that prints nothing for a while is taken to hang:
 * by people, and by {@code timeout(activity: true)}.
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

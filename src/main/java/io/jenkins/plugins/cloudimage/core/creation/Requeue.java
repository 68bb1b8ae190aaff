package io.jenkins.plugins.cloudimage.core.creation;

import java.time.Duration;

/** Processes a creation, now or later. */
interface Requeue {
    /** Decides and acts. Whatever is thrown, the creation is processed again after a while. */
    void process(Entry entry);

    /** Processes the creation once, later. A wake-up that is due earlier replaces this one. */
    void wake(Entry entry, Duration after);
}

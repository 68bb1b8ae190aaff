package io.jenkins.plugins.cloudimage.core.creation;

import java.time.Duration;

/** Takes a creation to its next state, now or later. */
interface Requeue {
    /** Decides and acts. Whatever is thrown, the creation comes back after a while. */
    void process(Entry entry);

    /** Wakes the creation up once; an earlier wake-up that is still to come makes a later one superfluous. */
    void wake(Entry entry, Duration after);
}

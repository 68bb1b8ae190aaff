package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;

/**
 * What follows from a record and the observations. The record is saved first, then the effect is carried out.
 *
 * @param requeueAfter when to decide again if nothing happens before, or null for never
 */
record Decision(
        Creation creation,
        Memory memory,
        @Nullable Effect effect,
        @Nullable Duration requeueAfter) {

    /** Nothing to do but wait for an event. */
    static Decision wait(Creation creation, Memory memory) {
        return new Decision(creation, memory, null, null);
    }

    static Decision again(Creation creation, Memory memory) {
        return new Decision(creation, memory, null, Duration.ZERO);
    }

    static Decision call(Creation creation, Memory memory, Effect effect) {
        return new Decision(creation, memory, effect, null);
    }
}

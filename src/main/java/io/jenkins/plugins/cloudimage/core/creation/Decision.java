package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import java.time.Duration;

/**
 * The result of a record and the observations. The record is saved first, then the effect is carried out.
 *
 * @param requeueAfter when to decide again if no event comes first, or null for never
 */
record Decision(
        Creation creation,
        Memory memory,
        @Nullable Effect effect,
        @Nullable Duration requeueAfter) {

    /** Waits for an event. */
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

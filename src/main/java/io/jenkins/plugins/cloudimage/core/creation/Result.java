package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;

/**
 * What came of an effect.
 *
 * @param value what the cloud answered, or null
 */
record Result(
        Effect effect, @Nullable Object value, @Nullable CloudError error) {
    boolean failed() {
        return error != null;
    }

    /** The answer, whose type belongs to the effect. */
    @SuppressWarnings("unchecked")
    <T> T answer() {
        return (T) value;
    }
}

package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;

/**
 * The result of an effect.
 *
 * @param value the response, or null
 */
record Result(
        Effect effect, @Nullable Object value, @Nullable CloudError error) {
    boolean failed() {
        return error != null;
    }

    /** The response, whose type depends on the effect. */
    @SuppressWarnings("unchecked")
    <T> T answer() {
        return (T) value;
    }
}

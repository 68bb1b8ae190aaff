package io.jenkins.plugins.cloudimage.core.registry;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import java.time.Duration;

/** Is told of every call to a cloud, so that it can be counted. */
@FunctionalInterface
public interface CallListener {
    /**
     * A call has ended.
     *
     * @param cloud the cloud's id
     * @param failure what went wrong, or null if nothing did
     * @param took how long it took
     */
    void called(String cloud, @CheckForNull ErrorKind failure, Duration took);
}

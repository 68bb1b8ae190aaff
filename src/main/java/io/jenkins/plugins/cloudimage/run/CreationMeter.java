package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures calls and steps, if the Metrics plugin is installed. */
interface CreationMeter extends ExtensionPoint {
    /**
     * A call to a cloud has ended.
     *
     * @param failure what went wrong, or null if nothing did
     * @param took how long it took
     */
    void called(String cloud, @CheckForNull ErrorKind failure, Duration took);

    /** A step has ended. */
    void ended(Creation creation);

    static void call(String cloud, @CheckForNull ErrorKind failure, Duration took) {
        ExtensionList.lookup(CreationMeter.class).forEach(meter -> meter.called(cloud, failure, took));
    }

    /** Reports the end once, even if the listener is notified again. */
    static CreationEngine.Listener measured(CreationEngine.Listener listener) {
        AtomicBoolean known = new AtomicBoolean();
        return news -> {
            if (news.ended() && !known.getAndSet(true)) {
                ExtensionList.lookup(CreationMeter.class).forEach(meter -> meter.ended(news));
            }
            listener.changed(news);
        };
    }
}

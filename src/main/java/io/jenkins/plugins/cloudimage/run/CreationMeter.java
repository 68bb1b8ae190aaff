package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.CreationEngine;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

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
        measure(meter -> meter.called(cloud, failure, took));
    }

    /** Reports the end once, even if the listener is notified again. */
    static CreationEngine.Listener measured(CreationEngine.Listener listener) {
        AtomicBoolean known = new AtomicBoolean();
        return creation -> {
            if (creation.ended() && !known.getAndSet(true)) {
                measure(meter -> meter.ended(creation));
            }
            listener.changed(creation);
        };
    }

    /** A meter that fails must not fail the call or the step that it measures. */
    private static void measure(Consumer<CreationMeter> measurement) {
        try {
            ExtensionList.lookup(CreationMeter.class).forEach(measurement);
        } catch (RuntimeException e) {
            Logger.getLogger(CreationMeter.class.getName()).log(Level.WARNING, "Cannot measure", e);
        }
    }
}

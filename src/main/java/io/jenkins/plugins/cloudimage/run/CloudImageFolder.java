package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.creation.Ledger;
import io.jenkins.plugins.cloudimage.core.retention.MadeImages;
import io.jenkins.plugins.cloudimage.core.watch.Durations;
import java.nio.file.Path;
import java.time.Clock;
import jenkins.model.Jenkins;

/** What is saved in the folder {@code cloud-image} of the Jenkins home. Nothing is read before it is asked for. */
final class CloudImageFolder {
    private final Clock clock;
    private Ledger ledger;
    private Durations durations;
    private MadeImages made;

    CloudImageFolder(Clock clock) {
        this.clock = clock;
    }

    private static Path folder() {
        return Jenkins.get().getRootDir().toPath().resolve("cloud-image");
    }

    synchronized Ledger ledger() {
        if (ledger == null) {
            ledger = new Ledger(folder().resolve("creations"), JenkinsClouds.get(), clock);
        }
        return ledger;
    }

    /** How long images take. */
    synchronized Durations durations() {
        if (durations == null) {
            durations = new Durations(folder().resolve("durations.json"));
        }
        return durations;
    }

    /** The index of what jobs have made. */
    synchronized MadeImages made() {
        if (made == null) {
            made = new MadeImages(folder().resolve("made"), clock);
        }
        return made;
    }
}

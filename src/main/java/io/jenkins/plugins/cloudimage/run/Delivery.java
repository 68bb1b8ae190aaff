package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.util.BuildListenerAdapter;

/**
 * Writes the state of a creation to its build: page, variable and artifacts. A repetition writes nothing, so it is
 * cheap and safe after a restart.
 */
final class Delivery {
    private Delivery() {}

    /**
     * Brings the build up to date.
     *
     * @param output how the image is handed over, or null to leave that as it is
     * @throws IOException if build or artifacts cannot be written
     * @throws InterruptedException if the archiving was interrupted
     */
    static void update(
            Run<?, ?> run, Creation creation, @CheckForNull OutputSettings output, Instant now, TaskListener listener)
            throws IOException, InterruptedException {
        CloudImageAction action = action(run);
        // Branches of one build finish at the same time, and each archives all images.
        synchronized (action) {
            String cloud = JenkinsClouds.get().of(creation.request()).id();
            if (creation.deletion() == null) {
                action.put(creation, cloud, output, now);
            } else {
                action.putDeletion(creation, cloud);
            }
            if (action.isUnsaved()) {
                run.save();
                action.saved();
            }
            if (creation.ended() && creation.deletion() == null && !creation.dryRun()) {
                Map<String, String> manifests = Manifests.of(run, action.getImages());
                if (!action.isArchived(manifests)) {
                    archive(run, manifests, listener);
                    action.archived(manifests);
                }
            }
        }
    }

    /**
     * Adds an image that the build has found.
     *
     * @throws IOException if the build cannot be written
     */
    static void found(Run<?, ?> run, FoundImage image) throws IOException {
        CloudImageAction action = action(run);
        synchronized (action) {
            action.add(image);
            run.save();
            action.saved();
        }
    }

    /**
     * Ends an image whose record is lost, so that its page does not wait for ever.
     *
     * @throws IOException if the build cannot be written
     */
    static void lost(Run<?, ?> run, String key, String error, Instant now) throws IOException {
        CloudImageAction action = action(run);
        synchronized (action) {
            action.lose(key, error, now);
            if (action.isUnsaved()) {
                run.save();
                action.saved();
            }
        }
    }

    private static CloudImageAction action(Run<?, ?> run) {
        synchronized (run) {
            CloudImageAction action = run.getAction(CloudImageAction.class);
            if (action == null) {
                action = new CloudImageAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /** There may be no agent and no workspace, so the files go to the artifacts from a folder of the controller. */
    private static void archive(Run<?, ?> run, Map<String, String> manifests, TaskListener listener)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("cloud-image");
        try {
            for (Map.Entry<String, String> manifest : manifests.entrySet()) {
                Files.writeString(folder.resolve(manifest.getKey()), manifest.getValue());
            }
            run.pickArtifactManager()
                    .archive(
                            new FilePath(folder.toFile()),
                            new Launcher.LocalLauncher(listener),
                            BuildListenerAdapter.wrap(listener),
                            manifests.keySet().stream().collect(Collectors.toMap(name -> name, name -> name)));
        } finally {
            Util.deleteRecursive(folder.toFile());
        }
    }
}

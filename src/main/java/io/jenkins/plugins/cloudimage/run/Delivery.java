package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jenkins.util.BuildListenerAdapter;

/**
 * Writes what is known of a creation to its build: page, variable and artifact. Doing it again changes nothing, so it
 * may be repeated after a restart.
 */
final class Delivery {
    private Delivery() {}

    /**
     * Brings the build up to date.
     *
     * @param run the build
     * @param creation the creation as it is now
     * @param variable the variable that tells the id, or null to leave it as it is
     * @param listener told of the archiving
     * @throws IOException if build or artifact cannot be written
     * @throws InterruptedException if the archiving was interrupted
     */
    static void update(Run<?, ?> run, Creation creation, @CheckForNull String variable, TaskListener listener)
            throws IOException, InterruptedException {
        CloudImageAction action = action(run);
        // Branches of one build finish at the same time, and each archives all images.
        synchronized (action) {
            String name = variable == null ? action.variableOf(creation.key()) : variable;
            action.put(new ImageEntry(creation, cloudOf(creation), name));
            run.save();
            if (creation.ended() && !creation.request().dryRun()) {
                archive(run, action.manifest(), listener);
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

    private static String cloudOf(Creation creation) {
        return JenkinsClouds.get().of(creation.request()).id();
    }

    /** There may be no agent and no workspace, so the file goes to the artifacts from a folder of the controller. */
    private static void archive(Run<?, ?> run, ImageManifest manifest, TaskListener listener)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("cloud-image");
        try {
            Files.write(folder.resolve(ImageManifest.FILE_NAME), manifest.toJson());
            run.pickArtifactManager()
                    .archive(
                            new FilePath(folder.toFile()),
                            new Launcher.LocalLauncher(listener),
                            BuildListenerAdapter.wrap(listener),
                            Map.of(ImageManifest.FILE_NAME, ImageManifest.FILE_NAME));
        } finally {
            Util.deleteRecursive(folder.toFile());
        }
    }
}

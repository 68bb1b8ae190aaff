package io.jenkins.plugins.cloudimage.run;

import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.manifest.PackerManifest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** The manifests of a build, by their file names. */
final class Manifests {
    private Manifests() {}

    /** Dry runs and images of other builds are not in the manifests. */
    static Map<String, String> of(Run<?, ?> run, List<ImageEntry> images) {
        List<ImageEntry> own =
                images.stream().filter(image -> !image.isInherited()).toList();
        ImageManifest all =
                manifest(run, own.stream().filter(image -> !image.dryRun()).toList());
        ImageManifest forPacker = manifest(
                run,
                own.stream()
                        .filter(image -> image.isReady() && image.output().packerManifest())
                        .toList());
        Map<String, String> manifests = new HashMap<>();
        manifests.put(ImageManifest.FILE_NAME, text(all.toJson()));
        if (!forPacker.images().isEmpty()) {
            manifests.put(
                    PackerManifest.FILE_NAME, text(PackerManifest.of(forPacker).toJson()));
        }
        return manifests;
    }

    private static ImageManifest manifest(Run<?, ?> run, List<ImageEntry> images) {
        String root = Jenkins.get().getRootUrl();
        return ImageManifest.of(
                JenkinsClouds.pluginVersion(),
                new ImageManifest.Build(
                        run.getExternalizableId(),
                        run.getParent().getFullName(),
                        run.getNumber(),
                        root == null ? null : root + run.getUrl()),
                images.stream().map(ImageEntry::toManifest).toList());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}

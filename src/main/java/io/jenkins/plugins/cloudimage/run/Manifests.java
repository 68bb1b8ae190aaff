package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import io.jenkins.plugins.cloudimage.core.manifest.PackerManifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
                images.stream().map(Manifests::entry).toList());
    }

    private static ImageManifest.Entry entry(ImageEntry image) {
        return new ImageManifest.Entry(
                image.getCloud(),
                image.getRegion(),
                image.getName(),
                image.getId(),
                image.getState(),
                image.getCloudState(),
                image.isReused(),
                image.getOwnership(),
                image.isDeleted(),
                time(image.getDeletedAt()),
                image.getSourceInstanceId(),
                image.getVariable(),
                image.output().commit(),
                image.requestId(),
                time(image.getStarted()),
                time(image.getEnded()),
                image.getError(),
                image.getErrorKind(),
                image.getErrorCode(),
                image.getSharedWith(),
                image.getCopies().stream().map(Manifests::copy).toList());
    }

    private static ImageManifest.Copy copy(CopyEntry copy) {
        return new ImageManifest.Copy(
                copy.getRegion(),
                copy.getName(),
                copy.getId(),
                copy.getState(),
                copy.getCloudState(),
                copy.getOwnership(),
                copy.isDeleted(),
                copy.getError(),
                copy.getErrorKind(),
                copy.getErrorCode(),
                copy.getSharedWith());
    }

    @CheckForNull
    private static Instant time(@CheckForNull Long milliseconds) {
        return milliseconds == null ? null : Instant.ofEpochMilli(milliseconds);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}

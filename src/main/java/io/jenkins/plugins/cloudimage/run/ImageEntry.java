package io.jenkins.plugins.cloudimage.run;

import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import io.jenkins.plugins.cloudimage.core.creation.Progress;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import java.time.Instant;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a build, as it is kept with the build and shown on its page. Immutable. */
@ExportedBean(defaultVisibility = 3)
public final class ImageEntry {
    private final String key;
    private final String variable;
    private final String cloud;
    private final String region;
    private final String name;
    private final String instanceId;
    private final boolean dryRun;
    private final String id;
    private final String state;
    private final String cloudState;
    private final String requestId;
    private final String error;
    private final long started;
    private final long ended;

    ImageEntry(Creation creation, String cloud, String variable) {
        Progress progress = creation.progress();
        CloudError failure = progress.error();
        Outcome outcome = progress.outcome();
        Instant end = progress.ended();
        this.key = creation.key();
        this.variable = variable;
        this.cloud = cloud;
        this.region = creation.request().region();
        this.name = creation.request().imageName();
        this.instanceId = creation.request().instanceId();
        this.dryRun = creation.request().dryRun();
        this.id = progress.imageId();
        this.state = outcome == null || !creation.ended()
                ? "building"
                : outcome.name().toLowerCase(Locale.ROOT);
        this.cloudState = progress.cloudState();
        this.requestId = progress.requestId();
        this.error = failure == null ? null : failure.text();
        this.started = creation.started().toEpochMilli();
        this.ended = end == null ? 0 : end.toEpochMilli();
    }

    ImageManifest.Entry toManifest() {
        return new ImageManifest.Entry(
                cloud,
                region,
                name,
                id,
                state,
                instanceId,
                requestId,
                Instant.ofEpochMilli(started),
                ended == 0 ? null : Instant.ofEpochMilli(ended),
                error);
    }

    String key() {
        return key;
    }

    boolean dryRun() {
        return dryRun;
    }

    /** The variable that tells the id, once the image is ready. */
    String variable() {
        return variable;
    }

    /** The headline on the build's page: what it is and how far it has come. */
    public String getTitle() {
        String word =
                switch (state) {
                    case "ready" -> Messages.ImageEntry_ready();
                    case "failed" -> Messages.ImageEntry_failed();
                    case "aborted" -> Messages.ImageEntry_aborted();
                    case "timed_out" -> Messages.ImageEntry_timedOut();
                    case "dry_run_passed" -> Messages.ImageEntry_dryRunPassed();
                    default -> Messages.ImageEntry_building();
                };
        return Messages.ImageEntry_title(JenkinsClouds.get().provider(cloud).displayName(), region, name, word);
    }

    /** Whether the image can be used. */
    public boolean isReady() {
        return state.equals("ready");
    }

    @Exported
    public String getCloud() {
        return cloud;
    }

    @Exported
    public String getRegion() {
        return region;
    }

    @Exported
    public String getName() {
        return name;
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getState() {
        return state;
    }

    @Exported
    public String getCloudState() {
        return cloudState;
    }

    @Exported
    public String getSourceInstanceId() {
        return instanceId;
    }

    @Exported
    public String getError() {
        return error;
    }
}

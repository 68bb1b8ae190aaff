package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Ending;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.manifest.ImageManifest;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a build, as it is kept with the build, shown on its page and told by its REST API. Immutable. */
@ExportedBean(defaultVisibility = 3)
public final class ImageEntry {
    private final String key;
    private final String variable;
    private final boolean packerManifest;
    private final String commit;
    private final String cloud;
    private final String region;
    private final String name;
    private final String instanceId;
    private final boolean dryRun;
    private final String id;
    private final boolean reused;
    /** Null in builds of older versions. */
    private final String ownership;

    private final boolean deleted;
    private final String phase;
    private final String state;
    private final String cloudState;
    private final String requestId;
    private final String error;
    private final long started;
    private final long ended;
    /** Since when phase and cloud state are what they are. */
    private final long since;

    /**
     * Takes what is known of a creation.
     *
     * @param before what was known before, or null
     * @param now the present moment
     */
    ImageEntry(Creation creation, String cloud, Handover handover, @CheckForNull ImageEntry before, Instant now) {
        CloudError failure = creation.problem();
        Ending ending = creation.ending();
        ImageStatus image = creation.image();
        this.key = creation.key();
        this.variable = handover.variable();
        this.packerManifest = handover.packerManifest();
        this.commit = handover.commit();
        this.cloud = cloud;
        this.region = creation.request().region();
        this.name = creation.request().imageName();
        this.instanceId = creation.request().instanceId();
        this.dryRun = creation.request().dryRun();
        // An end that was told stays, also if an old record comes back that knows nothing of it.
        boolean told = before != null && before.ended != 0;
        this.id = told && creation.imageId() == null ? before.id : creation.imageId();
        this.reused = creation.reused();
        this.ownership = ImageWords.ownership(image);
        this.deleted = image != null && image.deleted();
        this.phase = ImageWords.word(creation.phase());
        this.state = told ? before.state : ending == null ? "building" : ImageWords.word(ending.outcome());
        this.cloudState = image == null ? null : image.cloudState();
        this.requestId = creation.submission().requestId();
        this.error = told ? before.error : failure == null ? null : failure.text();
        this.started = creation.plan().started().toEpochMilli();
        this.ended = told ? before.ended : ending == null ? 0 : ending.at().toEpochMilli();
        this.since = before != null && phase.equals(before.phase) && Objects.equals(cloudState, before.cloudState)
                ? before.since
                : now.toEpochMilli();
    }

    ImageManifest.Entry toManifest() {
        return new ImageManifest.Entry(
                cloud,
                region,
                name,
                id,
                state,
                cloudState,
                reused,
                getOwnership(),
                deleted,
                instanceId,
                variable,
                commit,
                requestId,
                Instant.ofEpochMilli(started),
                ended == 0 ? null : Instant.ofEpochMilli(ended),
                error);
    }

    /**
     * Which creation it is.
     *
     * @return the key of its record in the ledger
     */
    public String getKey() {
        return key;
    }

    boolean dryRun() {
        return dryRun;
    }

    Handover handover() {
        return new Handover(variable, packerManifest, commit);
    }

    /** Whether the image can be used. */
    public boolean isReady() {
        return state.equals("ready");
    }

    /** Whether the step still waits for it. */
    public boolean isWaiting() {
        return ended == 0;
    }

    /**
     * The cloud's name for people.
     *
     * @return for example {@code Tencent Cloud}
     */
    public String getCloudName() {
        return JenkinsClouds.get().provider(cloud).displayName();
    }

    /**
     * How far it has come, in words.
     *
     * @return a few words
     */
    public String getStateText() {
        return ImageWords.state(state, phase);
    }

    /**
     * The symbol that goes with these words.
     *
     * @return as {@code l:icon} takes it
     */
    public String getStateIcon() {
        return ImageWords.icon(state);
    }

    /**
     * When the step began.
     *
     * @return a date for {@code i:formatDate}
     */
    public Date getStartedDate() {
        return new Date(started);
    }

    /**
     * How long the step has taken, or has been taking so far.
     *
     * @return in words
     */
    public String getDurationText() {
        return Util.getTimeSpanString(getDuration());
    }

    /**
     * How long phase and cloud state have been what they are.
     *
     * @return in words
     */
    public String getSinceText() {
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - since));
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
    public String getPhase() {
        return phase;
    }

    @Exported
    public String getCloudState() {
        return cloudState;
    }

    @Exported
    public boolean isReused() {
        return reused;
    }

    /** How sure it is that the build made the image, or null if that is not known. */
    @Exported
    @CheckForNull
    public String getOwnership() {
        return ownership == null && reused ? "reused" : ownership;
    }

    /** Whether the clean-up has deleted the image. */
    @Exported
    public boolean isDeleted() {
        return deleted;
    }

    /** A sentence about an image that is not simply the build's own, or null. */
    @CheckForNull
    public String getOwnershipText() {
        return ImageWords.ownership(getOwnership(), deleted);
    }

    @Exported
    public String getSourceInstanceId() {
        return instanceId;
    }

    @Exported
    public String getVariable() {
        return variable;
    }

    /** When the step began, in milliseconds since 1970. */
    @Exported
    public long getStarted() {
        return started;
    }

    /** When the step ended, in milliseconds since 1970, or null while it waits. */
    @Exported
    @CheckForNull
    public Long getEnded() {
        return ended == 0 ? null : ended;
    }

    /** How long the step took, or has been taking so far, in milliseconds. */
    @Exported
    public long getDuration() {
        return Math.max(0, (ended == 0 ? System.currentTimeMillis() : ended) - started);
    }

    /** The image in the cloud's web console, from our own table, or null as long as it has no id or no such page. */
    @Exported
    @CheckForNull
    public String getConsoleUrl() {
        URI console = id == null ? null : JenkinsClouds.get().provider(cloud).console(region, id);
        return console == null ? null : console.toString();
    }

    @Exported
    public String getError() {
        return error;
    }

    private List<Object> content() {
        return Arrays.asList(
                key,
                variable,
                packerManifest,
                commit,
                cloud,
                region,
                name,
                instanceId,
                dryRun,
                id,
                reused,
                ownership,
                deleted,
                phase,
                state,
                cloudState,
                requestId,
                error,
                started,
                ended,
                since);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageEntry entry && content().equals(entry.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }
}

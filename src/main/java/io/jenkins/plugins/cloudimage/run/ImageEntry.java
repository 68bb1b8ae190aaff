package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Ending;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One image of a build, as it is saved with the build and shown on its page and in its REST API. Immutable. */
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

    /** A keyed hash of the account that has it; null if it is unknown, and in builds of older versions. */
    private final String account;

    /** Whether it is one of the build that this one was restarted from. */
    private final boolean inherited;

    private final boolean deleted;
    /** When the deletion was noticed, or 0; older versions did not note it. */
    private final long deletedAt;

    private final String phase;
    private final String state;
    private final String cloudState;
    /** Progress in percent during the wait; null where the cloud does not report it. */
    private final Integer percent;

    /** Null if there is none. */
    private final List<String> sharedWith;

    /** Null if there are none. */
    private final List<DryRunRow> checks;

    /** Null if there is none. */
    private final List<CopyEntry> copies;

    private final String requestId;
    private final String error;
    /** Null if there is no error, and in builds of older versions. */
    private final String errorKind;

    private final String errorCode;
    private final long started;
    private final long ended;
    /** When phase or cloud state changed last. */
    private final long since;

    /**
     * Makes the entry of a creation.
     *
     * @param before what was known before, or null
     */
    ImageEntry(Creation creation, String cloud, OutputSettings output, @CheckForNull ImageEntry before, Instant now) {
        CloudError failure = creation.problem();
        Ending ending = creation.ending();
        ImageStatus image = creation.image();
        this.key = creation.key();
        this.variable = output.variable();
        this.packerManifest = output.packerManifest();
        this.commit = output.commit();
        this.cloud = cloud;
        this.region = creation.request().region();
        this.name = creation.request().imageName();
        this.instanceId = creation.request().instanceId();
        this.dryRun = creation.dryRun();
        // A reported end stays, even if an older record is restored that does not contain it.
        boolean told = before != null && before.ended != 0;
        this.id = told && creation.imageId() == null ? before.id : creation.imageId();
        this.reused = creation.reused();
        this.ownership = ImageTexts.ownership(image);
        this.account = creation.account();
        this.inherited = false;
        this.deleted = image != null && image.deleted();
        long deletion = before != null && before.deleted ? before.deletedAt : now.toEpochMilli();
        this.deletedAt = deleted ? deletion : 0;
        this.phase = ImageTexts.word(creation.phase());
        this.state = told ? before.state : ending == null ? "building" : ImageTexts.word(ending.outcome());
        this.cloudState = image == null ? null : image.cloudState();
        this.percent = image == null || ending != null || told ? null : image.percent();
        this.sharedWith = image == null || image.shares() == null
                ? null
                : CloudSettings.keep(image.shares().present());
        this.checks = CloudSettings.keep(DryRunRow.of(creation));
        this.copies = CloudSettings.keep(creation.copies().stream()
                .map(copy -> new CopyEntry(copy, cloud))
                .toList());
        this.requestId = creation.submission().requestId();
        this.error = told ? before.error : failure == null ? null : failure.text();
        this.errorKind = told
                ? before.errorKind
                : failure == null ? null : failure.kind().name();
        this.errorCode = told ? before.errorCode : failure == null ? null : failure.code();
        this.started = creation.plan().started().toEpochMilli();
        this.ended = told ? before.ended : ending == null ? 0 : ending.at().toEpochMilli();
        this.since = before != null && phase.equals(before.phase) && Objects.equals(cloudState, before.cloudState)
                ? before.since
                : now.toEpochMilli();
    }

    private ImageEntry(
            ImageEntry other,
            boolean inherited,
            String state,
            String error,
            String errorKind,
            String errorCode,
            long ended) {
        this.key = other.key;
        this.variable = other.variable;
        this.packerManifest = other.packerManifest;
        this.commit = other.commit;
        this.cloud = other.cloud;
        this.region = other.region;
        this.name = other.name;
        this.instanceId = other.instanceId;
        this.dryRun = other.dryRun;
        this.id = other.id;
        this.reused = other.reused;
        this.ownership = other.ownership;
        this.account = other.account;
        this.inherited = inherited;
        this.deleted = other.deleted;
        this.deletedAt = other.deletedAt;
        this.phase = other.phase;
        this.state = state;
        this.cloudState = other.cloudState;
        this.percent = null;
        this.sharedWith = other.sharedWith;
        this.checks = other.checks;
        this.copies = other.copies;
        this.requestId = other.requestId;
        this.error = error;
        this.errorKind = errorKind;
        this.errorCode = errorCode;
        this.started = other.started;
        this.ended = ended;
        this.since = other.since;
    }

    /** This image as failed, because its record is lost. */
    ImageEntry lost(String reason, Instant now) {
        return new ImageEntry(
                this,
                false,
                ImageTexts.word(Outcome.FAILED),
                reason,
                ErrorKind.UNKNOWN_ANSWER.name(),
                null,
                now.toEpochMilli());
    }

    /** This image in a build that was restarted from a stage. */
    ImageEntry inherited() {
        return new ImageEntry(this, true, state, error, errorKind, errorCode, ended);
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

    @CheckForNull
    String requestId() {
        return requestId;
    }

    OutputSettings output() {
        return new OutputSettings(variable, packerManifest, commit);
    }

    /** Whether the image can be used. */
    public boolean isReady() {
        return state.equals("ready");
    }

    /** Whether the step still waits for it. */
    public boolean isWaiting() {
        return ended == 0;
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

    /** How much of the image is done, 0 to 100, or null when nobody waits for it or the cloud does not say. */
    @Exported
    @CheckForNull
    public Integer getPercent() {
        return percent;
    }

    @Exported
    public boolean isReused() {
        return reused;
    }

    /** Whether the build that this one was restarted from has made it; this one does not clean up after it. */
    @Exported
    public boolean isInherited() {
        return inherited;
    }

    /** How sure it is that the build made the image, or null if that is not known. */
    @Exported
    @CheckForNull
    public String getOwnership() {
        return ownership == null && reused ? "reused" : ownership;
    }

    @CheckForNull
    String account() {
        return account;
    }

    /** Whether the clean-up has deleted the image. */
    @Exported
    public boolean isDeleted() {
        return deleted;
    }

    /** When the image was seen to be gone, in milliseconds since 1970, or null. */
    @Exported
    @CheckForNull
    public Long getDeletedAt() {
        return deletedAt == 0 ? null : deletedAt;
    }

    /** The accounts that the step wanted the image to be shared with, and with which it is. */
    @Exported
    public List<String> getSharedWith() {
        return CloudSettings.list(sharedWith);
    }

    /** What a dry run has checked; empty otherwise. */
    @Exported
    public List<DryRunRow> getChecks() {
        return checks == null ? List.of() : checks;
    }

    /** The copies in other regions. */
    @Exported
    public List<CopyEntry> getCopies() {
        return CloudSettings.list(copies);
    }

    @Exported
    public String getSourceInstanceId() {
        return instanceId;
    }

    @Exported
    public String getVariable() {
        return variable;
    }

    /** How long phase and cloud state have been unchanged. */
    Duration unchanged() {
        return Duration.ofMillis(Math.max(0, System.currentTimeMillis() - since));
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

    /** What went wrong, as a name that scripts may compare, or null if there is no error. */
    @Exported
    @CheckForNull
    public String getErrorKind() {
        return errorKind;
    }

    /** The cloud's own code of the error, or null. */
    @Exported
    @CheckForNull
    public String getErrorCode() {
        return errorCode;
    }

    /** Whether it has to be saved in place of another one. A percentage is not saved. */
    boolean isNewsAfter(@CheckForNull ImageEntry other) {
        return other == null || !content().equals(other.content());
    }

    /** All saved values, that is all but the percentage. */
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
                account,
                inherited,
                deleted,
                deletedAt,
                phase,
                state,
                cloudState,
                sharedWith,
                checks,
                copies,
                requestId,
                error,
                errorKind,
                errorCode,
                started,
                ended,
                since);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageEntry entry
                && content().equals(entry.content())
                && Objects.equals(percent, entry.percent);
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }
}

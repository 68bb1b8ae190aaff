package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Ending;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import java.time.Instant;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An image that a build deletes, as it is saved with the build and shown on its page and in its REST API. Immutable. */
@ExportedBean(defaultVisibility = 3)
public final class DeletedImage {
    private final String key;
    private final String id;
    private final String cloud;
    private final String region;
    /** The build that made the image, or null if nothing proves that this controller did. */
    private final String madeBy;

    private final String phase;
    private final String state;
    private final String error;
    private final String errorKind;
    private final long started;
    private final long ended;

    /**
     * @param before what was known before, or null
     */
    DeletedImage(Creation deletion, String cloud, @CheckForNull DeletedImage before) {
        Ending ending = deletion.ending();
        CloudError failure = deletion.problem();
        // A reported end stays, even if an older record is restored that does not contain it.
        boolean told = before != null && before.ended != 0;
        this.key = deletion.key();
        this.id = deletion.imageId();
        this.cloud = cloud;
        this.region = deletion.request().region();
        this.madeBy = Objects.requireNonNull(deletion.deletion()).madeBy();
        this.phase = ImageTexts.word(deletion.phase());
        this.state = told ? before.state : ending == null ? "waiting" : ImageTexts.word(ending.outcome());
        this.error = told ? before.error : failure == null ? null : failure.text();
        this.errorKind = told
                ? before.errorKind
                : failure == null ? null : failure.kind().name();
        this.started = deletion.plan().started().toEpochMilli();
        this.ended = told ? before.ended : ending == null ? 0 : ending.at().toEpochMilli();
    }

    private DeletedImage(DeletedImage other, String error, Instant now) {
        this.key = other.key;
        this.id = other.id;
        this.cloud = other.cloud;
        this.region = other.region;
        this.madeBy = other.madeBy;
        this.phase = other.phase;
        this.state = ImageTexts.word(Outcome.FAILED);
        this.error = error;
        this.errorKind = ErrorKind.UNKNOWN_ANSWER.name();
        this.started = other.started;
        this.ended = now.toEpochMilli();
    }

    /** This deletion as failed, because its record is lost. */
    DeletedImage lost(String reason, Instant now) {
        return isWaiting() ? new DeletedImage(this, reason, now) : this;
    }

    /** Which record it is, in the ledger. */
    public String getKey() {
        return key;
    }

    public boolean isWaiting() {
        return ended == 0;
    }

    @Exported
    public String getId() {
        return id;
    }

    @Exported
    public String getCloud() {
        return cloud;
    }

    public String getCloudName() {
        return JenkinsClouds.get().provider(cloud).displayName();
    }

    @Exported
    public String getRegion() {
        return region;
    }

    @Exported
    @CheckForNull
    public String getMadeBy() {
        return madeBy;
    }

    /** {@code waiting}, or how it ended: {@code deleted}, {@code failed}, {@code aborted}, {@code timed_out}. */
    @Exported
    public String getState() {
        return state;
    }

    public String getStateText() {
        return ImageTexts.deletion(state, phase);
    }

    /** The symbol of the state, for {@code l:icon}. */
    public String getStateIcon() {
        return ImageTexts.icon(state);
    }

    @Exported
    @CheckForNull
    public String getError() {
        return error;
    }

    /** What went wrong, as a name that scripts may compare, or null if there is no error. */
    @Exported
    @CheckForNull
    public String getErrorKind() {
        return errorKind;
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

    boolean isSame(@CheckForNull DeletedImage other) {
        return other != null
                && key.equals(other.key)
                && phase.equals(other.phase)
                && state.equals(other.state)
                && Objects.equals(error, other.error)
                && ended == other.ended;
    }
}

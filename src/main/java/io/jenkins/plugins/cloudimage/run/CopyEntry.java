package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cloudimage.cloud.CloudSettings;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.creation.CopyStatus;
import io.jenkins.plugins.cloudimage.core.creation.ImageStatus;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A copy of an image of a build, as it is saved with the build and shown below its image. Immutable. */
@ExportedBean(defaultVisibility = 3)
public final class CopyEntry {
    private final String cloud;
    private final String region;
    private final String name;
    private final String id;
    private final String state;
    private final String cloudState;
    private final String ownership;
    private final boolean deleted;
    /** Null if there is none. */
    private final List<String> sharedWith;

    private final String error;
    private final String errorKind;
    private final String errorCode;

    CopyEntry(CopyStatus copy, String cloud) {
        ImageStatus image = copy.image();
        CloudError problem = copy.problem();
        this.cloud = cloud;
        this.region = copy.region();
        this.name = copy.name();
        this.id = image == null ? null : image.id();
        this.state = state(copy);
        this.cloudState = image == null ? null : image.cloudState();
        this.ownership = ImageTexts.ownership(image);
        this.deleted = image != null && image.deleted();
        this.sharedWith = image == null || image.shares() == null
                ? null
                : CloudSettings.keep(image.shares().present());
        this.error = problem == null ? null : problem.text();
        this.errorKind = problem == null ? null : problem.kind().name();
        this.errorCode = problem == null ? null : problem.code();
    }

    private static String state(CopyStatus copy) {
        if (copy.ending() != null) {
            return ImageTexts.word(copy.ending().outcome());
        }
        if (copy.inDoubt()) {
            return "in_doubt";
        }
        return copy.isReady() ? "ready" : copy.image() == null ? "requested" : "copying";
    }

    @Exported
    public String getRegion() {
        return region;
    }

    @Exported
    public String getName() {
        return name;
    }

    /** The copy, or null as long as its id is unknown. */
    @Exported
    @CheckForNull
    public String getId() {
        return id;
    }

    /** {@code requested}, {@code in_doubt}, {@code copying}, or how it ended. */
    @Exported
    public String getState() {
        return state;
    }

    @Exported
    @CheckForNull
    public String getCloudState() {
        return cloudState;
    }

    /** How sure it is that the build made the copy, or null if that is not known. */
    @Exported
    @CheckForNull
    public String getOwnership() {
        return ownership;
    }

    /** Whether the clean-up has deleted the copy. */
    @Exported
    public boolean isDeleted() {
        return deleted;
    }

    /** The accounts that the step wanted the copy to be shared with, and with which it is. */
    @Exported
    public List<String> getSharedWith() {
        return CloudSettings.list(sharedWith);
    }

    /** The copy in the cloud's web console, or null as long as it has no id or no such page. */
    @Exported
    @CheckForNull
    public String getConsoleUrl() {
        URI console = id == null ? null : JenkinsClouds.get().provider(cloud).console(region, id);
        return console == null ? null : console.toString();
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

    /** The cloud's own code of the error, or null. */
    @Exported
    @CheckForNull
    public String getErrorCode() {
        return errorCode;
    }

    /** Region and state in the reader's language. */
    public String getStateText() {
        return Messages.CopyEntry_state(region, ImageTexts.copyState(state));
    }

    /** A sentence about a copy that is deleted, or was not certainly made by this build, or null. */
    @CheckForNull
    public String getOwnershipText() {
        return ImageTexts.ownership(ownership, deleted);
    }

    /** The symbol of the state, for {@code l:icon}. */
    public String getStateIcon() {
        return ImageTexts.icon(state);
    }

    private List<Object> content() {
        return Arrays.asList(
                cloud,
                region,
                name,
                id,
                state,
                cloudState,
                ownership,
                deleted,
                sharedWith,
                error,
                errorKind,
                errorCode);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CopyEntry copy && content().equals(copy.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    @Override
    public String toString() {
        return region + " " + id + " " + state;
    }
}

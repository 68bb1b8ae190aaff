package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/** An image as the pages show it: with texts in the reader's language. */
public final class ImageCard {
    private final ImageEntry image;

    ImageCard(ImageEntry image) {
        this.image = image;
    }

    static List<ImageCard> of(List<ImageEntry> images) {
        return images.stream().map(ImageCard::new).toList();
    }

    public ImageEntry getImage() {
        return image;
    }

    public String getCloudName() {
        return JenkinsClouds.get().provider(image.getCloud()).displayName();
    }

    public String getStateText() {
        return ImageTexts.state(image.getState(), image.getPhase());
    }

    /** The symbol of the state, for {@code l:icon}. */
    public String getStateIcon() {
        return ImageTexts.icon(image.getState());
    }

    /** When the step began, for {@code i:formatDate}. */
    public Date getStartedDate() {
        return new Date(image.getStarted());
    }

    /** How long the step has taken until its end or until now. */
    public String getDurationText() {
        return Util.getTimeSpanString(image.getDuration());
    }

    /** How long phase and cloud state have been unchanged. */
    public String getSinceText() {
        return Util.getTimeSpanString(image.unchanged().toMillis());
    }

    /** The progress with a percent sign, or null. */
    @CheckForNull
    public String getPercentText() {
        return image.getPercent() == null ? null : image.getPercent() + "%";
    }

    /** The accounts with which the image is shared, or null for none. */
    @CheckForNull
    public String getSharedWithText() {
        return image.getSharedWith().isEmpty() ? null : String.join(", ", image.getSharedWith());
    }

    /** A sentence about an image that is deleted, or was not certainly created by this build, or null. */
    @CheckForNull
    public String getOwnershipText() {
        if (image.isInherited()) {
            return Messages.ImageTexts_inherited();
        }
        Long deletedAt = image.getDeletedAt();
        return deletedAt == null
                ? ImageTexts.ownership(image.getOwnership(), image.isDeleted())
                : Messages.ImageTexts_deletedAt(Instant.ofEpochMilli(deletedAt).truncatedTo(ChronoUnit.SECONDS));
    }
}

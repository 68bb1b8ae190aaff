package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.creation.Administration;
import io.jenkins.plugins.cloudimage.core.creation.CleanupTask;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What administrators read of one creation in the ledger. */
@ExportedBean(defaultVisibility = 3)
public final class CreationRow {
    private final Administration.Status status;
    private final Creation creation;
    /** The image as the build's page and REST API show it. */
    private final ImageEntry image;

    private final ImageCard card;

    private final Run<?, ?> run;
    private final Job<?, ?> job;

    CreationRow(Administration.Status status) {
        this.status = status;
        this.creation = status.creation();
        this.image = new ImageEntry(
                creation, JenkinsClouds.get().of(creation.request()).id(), OutputSettings.DEFAULT, null, Instant.now());
        this.card = new ImageCard(image);
        this.run = Builds.of(creation);
        this.job = run == null ? Builds.jobOf(creation) : run.getParent();
    }

    /** Which record it is. */
    @Exported
    public String getKey() {
        return creation.key();
    }

    /** The build, or null if it was deleted. */
    @CheckForNull
    public Run<?, ?> getRun() {
        return run;
    }

    /** The job, or null if it was deleted. */
    @CheckForNull
    public Job<?, ?> getJob() {
        return job;
    }

    /** The build as its controller identifies it, for one that was deleted. */
    @Exported
    public String getBuild() {
        return creation.build().build();
    }

    /** The image's name. */
    @Exported
    public String getName() {
        return image.getName();
    }

    /** The image's id, or null if none is known. */
    @Exported
    @CheckForNull
    public String getId() {
        return image.getId();
    }

    /** How sure it is that the image is the build's, or null if there is none. */
    @Exported
    @CheckForNull
    public String getOwnership() {
        return image.getOwnership();
    }

    /** A sentence about an image that is not simply the build's own, or null. */
    @CheckForNull
    public String getOwnershipText() {
        if (isDeletion() && !image.isDeleted()) {
            return Objects.requireNonNull(creation.deletion()).madeBy() == null ? Messages.ImageTexts_notOurs() : null;
        }
        return ImageTexts.ownership(
                getOwnership(), creation.image() != null && creation.image().deleted());
    }

    /** Images that may be the build's without proof, as long as an administrator has to decide about them. */
    @Exported
    public List<String> getCandidates() {
        return creation.image() == null && status.needsDecision() ? creation.candidates() : List.of();
    }

    /** The cloud, as a Jenkinsfile calls it. */
    @Exported
    public String getCloud() {
        return image.getCloud();
    }

    /** The cloud's name for people. */
    public String getCloudName() {
        return card.getCloudName();
    }

    /** The cloud's region code. */
    @Exported
    public String getRegion() {
        return image.getRegion();
    }

    /** How far it has come, as the build's page calls it. */
    @Exported
    public String getState() {
        return image.getState();
    }

    /** What is being done, as the build's page calls it. */
    @Exported
    public String getPhase() {
        return image.getPhase();
    }

    /** Whether the image is deleted because a build asks for it; otherwise it is made. */
    @Exported
    public boolean isDeletion() {
        return creation.deletion() != null;
    }

    /** How far it has come, in words. */
    public String getStateText() {
        return isDeletion() ? ImageTexts.deletion(getState(), getPhase()) : card.getStateText();
    }

    /** The symbol that goes with these words. */
    public String getStateIcon() {
        return card.getStateIcon();
    }

    /** When its step began, in milliseconds since 1970. */
    @Exported
    public long getStarted() {
        return image.getStarted();
    }

    /** How long ago that was, in words. */
    public String getAge() {
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - getStarted()));
    }

    /** What is waited for before the end, or why there is no usable image, or null. */
    @Exported
    @CheckForNull
    public String getError() {
        return image.getError();
    }

    /** The same as a name that programs may compare, or null. */
    @Exported
    @CheckForNull
    public String getErrorKind() {
        return image.getErrorKind();
    }

    /** The cloud's own code of the error, or null. */
    @Exported
    @CheckForNull
    public String getErrorCode() {
        return image.getErrorCode();
    }

    /** The error in parts, or null. */
    @CheckForNull
    public ErrorParts getErrorParts() {
        return ErrorParts.of(creation.problem());
    }

    /** What was and is to be cleaned up. */
    @Exported
    public List<TaskRow> getTasks() {
        return creation.tasks().stream()
                .map(task -> new TaskRow(task, creation))
                .toList();
    }

    /** When the next attempt is made, in milliseconds since 1970, or null if that is now or nothing is tried. */
    @Exported
    @CheckForNull
    public Long getNextAttempt() {
        Instant next = status.nextAttempt();
        return next == null ? null : next.toEpochMilli();
    }

    /** The same in words, or null. */
    @CheckForNull
    public String getNextAttemptText() {
        Long next = getNextAttempt();
        return next == null || isFenced()
                ? null
                : Util.getTimeSpanString(Math.max(0, next - System.currentTimeMillis()));
    }

    /** Whether it may be a copy or come from a backup, so that nothing is changed at the cloud for it. */
    @Exported
    public boolean isFenced() {
        return status.fenced();
    }

    /** Whether an administrator has to decide something. */
    @Exported
    public boolean isNeedsDecision() {
        return status.needsDecision();
    }

    /** Whether something failed or is left to do that can be tried at once. */
    @Exported
    public boolean isMayRetry() {
        return status.mayRetry();
    }

    /** Whether there is anything about the image that can be left undone. */
    public boolean isMayKeep() {
        return status.mayKeep();
    }

    /** What an administrator agrees to. */
    public String getCleanUpText() {
        List<String> sentences = new ArrayList<>();
        String image = status.imageToDelete();
        boolean undone = creation.tasks().stream().anyMatch(task -> task.state() != CleanupTask.State.DONE);
        if (image != null) {
            sentences.add(Messages.CreationRow_deletes(image));
        } else if (creation.tasks().stream().anyMatch(CreationRow::isRetirementDue)) {
            sentences.add(Messages.CreationRow_retires());
        } else if (status.mayKeep()) {
            sentences.add(Messages.CreationRow_looks(getName()));
        }
        if (isStartDue()) {
            sentences.add(Messages.CreationRow_starts(creation.request().instanceId()));
        }
        if (sentences.isEmpty() || !undone && creation.ended()) {
            sentences.add(Messages.CreationRow_nothing());
        }
        return String.join(" ", sentences);
    }

    private static boolean isRetirementDue(CleanupTask task) {
        return task.kind() == CleanupTask.Kind.RETIRE_OLDER && task.state() != CleanupTask.State.DONE;
    }

    private boolean isStartDue() {
        return creation.ended()
                ? creation.tasks().stream()
                        .anyMatch(task -> task.kind() == CleanupTask.Kind.START_INSTANCE
                                && task.state() != CleanupTask.State.DONE)
                : creation.options().startAfterwards()
                        && creation.instance() != null
                        && creation.instance().stopping();
    }

    /** One thing that was or is to be cleaned up. */
    @ExportedBean(defaultVisibility = 3)
    public static final class TaskRow {
        private final CleanupTask task;
        private final Creation creation;

        TaskRow(CleanupTask task, Creation creation) {
            this.task = task;
            this.creation = creation;
        }

        /** What is to be done, as a name for programs. */
        @Exported
        public String getKind() {
            return ImageTexts.word(task.kind());
        }

        /** How far it is, as a name for programs. */
        @Exported
        public String getState() {
            return ImageTexts.word(task.state());
        }

        /** What is to be done. */
        public String getText() {
            return ImageTexts.task(task, creation);
        }

        /** How far it is. */
        public String getStateText() {
            return ImageTexts.state(task);
        }

        /** The colour that goes with it. */
        public String getColour() {
            return switch (task.state()) {
                case OPEN -> "jenkins-!-info-color";
                case DONE -> "jenkins-!-success-color";
                case NEEDS_PERSON -> "jenkins-!-error-color";
            };
        }

        /** Why the last attempt failed or why a person has to decide, or null. */
        @Exported
        @CheckForNull
        public String getError() {
            return task.error() == null ? null : task.error().text();
        }

        /** The same as a name that programs may compare, or null. */
        @Exported
        @CheckForNull
        public String getErrorKind() {
            return task.error() == null ? null : task.error().kind().name();
        }

        /** The cloud's own code of the error, or null. */
        @Exported
        @CheckForNull
        public String getErrorCode() {
            return task.error() == null ? null : task.error().code();
        }

        /** The error in parts, or null. */
        @CheckForNull
        public ErrorParts getErrorParts() {
            return ErrorParts.of(task.error());
        }
    }
}

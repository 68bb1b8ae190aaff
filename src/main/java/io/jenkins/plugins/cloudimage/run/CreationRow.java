package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.config.JenkinsClouds;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.creation.Chore;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import io.jenkins.plugins.cloudimage.core.creation.Outcome;
import java.util.List;
import jenkins.model.Jenkins;

/** What administrators read of one creation in the ledger. */
public final class CreationRow {
    private final Creation creation;
    private final Run<?, ?> run;
    private final Job<?, ?> job;

    CreationRow(Creation creation) {
        this.creation = creation;
        String build = creation.origin().build();
        this.run = Run.fromExternalizableId(build);
        this.job = run == null
                ? Jenkins.get().getItemByFullName(build.substring(0, build.lastIndexOf('#')), Job.class)
                : run.getParent();
    }

    /** Which record it is. */
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
    public String getBuild() {
        return creation.origin().build();
    }

    /** The image's name. */
    public String getName() {
        return creation.request().imageName();
    }

    /** The image's id, or null if none is known. */
    @CheckForNull
    public String getId() {
        return creation.progress().imageId();
    }

    /** The cloud's name for people. */
    public String getCloudName() {
        return JenkinsClouds.get().of(creation.request()).displayName();
    }

    /** The cloud's region code. */
    public String getRegion() {
        return creation.request().region();
    }

    /** How far it has come, in words. */
    public String getStateText() {
        return ImageWords.state(state(), ImageWords.word(creation.phase()));
    }

    /** The symbol that goes with these words. */
    public String getStateIcon() {
        return ImageWords.icon(state());
    }

    private String state() {
        Outcome outcome = creation.progress().outcome();
        return outcome == null || !creation.ended() ? "building" : ImageWords.word(outcome);
    }

    /** When its step began, in milliseconds since 1970. */
    public long getStarted() {
        return creation.started().toEpochMilli();
    }

    /** How long ago that was, in words. */
    public String getAge() {
        return Util.getTimeSpanString(Math.max(0, System.currentTimeMillis() - getStarted()));
    }

    /** What was and is to be put right. */
    public List<ChoreRow> getChores() {
        return creation.progress().chores().stream()
                .map(chore -> new ChoreRow(chore, creation))
                .toList();
    }

    /** Whether a person has to see to something. */
    public boolean isGivenUp() {
        return CreationService.isGivenUp(creation);
    }

    /** One thing that was or is to be put right. */
    public static final class ChoreRow {
        private final Chore chore;
        private final Creation creation;

        ChoreRow(Chore chore, Creation creation) {
            this.chore = chore;
            this.creation = creation;
        }

        /** What is to be done. */
        public String getTask() {
            return ImageWords.task(chore, creation);
        }

        /** Whether it was. */
        public String getStateText() {
            return ImageWords.state(chore);
        }

        /** The colour that goes with it. */
        public String getColour() {
            return switch (chore.state()) {
                case OPEN -> "jenkins-!-info-color";
                case DONE -> "jenkins-!-success-color";
                case GIVEN_UP -> "jenkins-!-error-color";
            };
        }

        /** What it waits out, or why it was given up, or null. */
        @CheckForNull
        public String getError() {
            CloudError error = chore.error();
            return error == null ? null : error.text();
        }
    }
}

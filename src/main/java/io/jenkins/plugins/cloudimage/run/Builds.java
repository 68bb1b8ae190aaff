package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.creation.BuildReference;
import io.jenkins.plugins.cloudimage.core.creation.Creation;
import jenkins.model.Jenkins;

/**
 * Finds the build of a creation. Its name is not enough: the build numbers of a job that was
 * deleted and created again start at one.
 */
final class Builds {
    private Builds() {}

    /**
     * Finds the build that wants an image.
     *
     * @return the build, or null if it was deleted, even if another one has its name now
     */
    @CheckForNull
    static Run<?, ?> of(Creation creation) {
        Run<?, ?> run = named(creation);
        return run != null && isOf(run, creation) ? run : null;
    }

    /**
     * Finds the job of a build that was deleted.
     *
     * @return the job, or null if it was deleted too or may be another one of the same name: the job of the build has a
     *     higher next build number and an older build
     */
    @CheckForNull
    static Job<?, ?> jobOf(Creation creation) {
        String build = creation.build().build();
        Job<?, ?> job = Jenkins.get().getItemByFullName(jobName(build), Job.class);
        int number = BuildReference.numberOf(build);
        if (job == null || job.getNextBuildNumber() <= number) {
            return null;
        }
        Run<?, ?> before = job.getNearestOldBuild(number);
        return before != null && began(before, creation) ? job : null;
    }

    /** The full name of a build's job. */
    static String jobName(String build) {
        return BuildReference.jobOf(build);
    }

    @CheckForNull
    private static Run<?, ?> named(Creation creation) {
        return Run.fromExternalizableId(creation.build().build());
    }

    /** A build whose page does not list the creation yet started before it. */
    private static boolean isOf(Run<?, ?> run, Creation creation) {
        CloudImageAction action = run.getAction(CloudImageAction.class);
        return action != null && action.isOwn(creation.key()) || began(run, creation);
    }

    private static boolean began(Run<?, ?> run, Creation creation) {
        return run.getStartTimeInMillis() <= creation.plan().started().toEpochMilli();
    }

    /** Whether a build was deleted. Saving it would restore a part of it. */
    static boolean isDeleted(Run<?, ?> run) {
        return !run.getRootDir().isDirectory();
    }
}

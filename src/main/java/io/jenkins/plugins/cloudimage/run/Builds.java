package io.jenkins.plugins.cloudimage.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.cloudimage.core.creation.Creation;

/**
 * Finds the build of a creation. Its name is not enough: when a job is deleted and made again, its builds are counted from
 * one again.
 */
final class Builds {
    private Builds() {}

    /**
     * Finds the build that wants an image.
     *
     * @param creation the creation
     * @return the build, or null if it was deleted, even if another one has its name now
     */
    @CheckForNull
    static Run<?, ?> of(Creation creation) {
        Run<?, ?> run = named(creation);
        return run != null && isOf(run, creation) ? run : null;
    }

    /** Whether another build has the name of the one that wants an image, and so another job that of its job. */
    static boolean isReplaced(Creation creation) {
        Run<?, ?> run = named(creation);
        return run != null && !isOf(run, creation);
    }

    @CheckForNull
    private static Run<?, ?> named(Creation creation) {
        return Run.fromExternalizableId(creation.build().build());
    }

    /** A build that does not know of the creation yet began before it. */
    private static boolean isOf(Run<?, ?> run, Creation creation) {
        CloudImageAction action = run.getAction(CloudImageAction.class);
        return action != null && action.isOwn(creation.key())
                || run.getStartTimeInMillis() <= creation.plan().started().toEpochMilli();
    }

    /** Whether a build was deleted; to save it would bring back a part of it. */
    static boolean isDeleted(Run<?, ?> run) {
        return !run.getRootDir().isDirectory();
    }
}

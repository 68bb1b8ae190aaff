package io.jenkins.plugins.cloudimage.core.creation;

import edu.umd.cs.findbugs.annotations.Nullable;
import io.jenkins.plugins.cloudimage.core.CloudError;
import io.jenkins.plugins.cloudimage.core.ErrorKind;
import io.jenkins.plugins.cloudimage.core.SideEffect;

/** Tells what a person has to do about a cleanup task that stays open for too long. */
final class Stuck {
    private Stuck() {}

    static CloudError of(Creation creation, CleanupTask task) {
        CloudError cause = task.error();
        return cause != null
                ? cause.message(Messages.Stuck_since(cause.message()))
                : CloudError.of(ErrorKind.UNKNOWN_ANSWER, SideEffect.POSSIBLE)
                        .message(Messages.Stuck_since(unfinished(creation, task.kind())))
                        .advice(Messages.Stuck_look());
    }

    private static String unfinished(Creation creation, CleanupTask.Kind kind) {
        @Nullable String image = creation.imageId();
        return switch (kind) {
            case START_INSTANCE -> Messages.Stuck_instance(creation.request().instanceId());
            case FIND_IMAGE -> Messages.Stuck_notFound(creation.request().imageName());
            case FINISH_IMAGE -> Messages.Stuck_notFinished(image);
            case DELETE_IMAGE -> Messages.Stuck_notDeleted(image);
            case RETIRE_OLDER -> Messages.Stuck_notRetired(image);
            case DELETE_SNAPSHOTS ->
                Messages.Stuck_snapshots(
                        creation.image() == null ? "" : creation.image().snapshots());
        };
    }
}
